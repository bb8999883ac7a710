import { expect, test } from 'vitest'
import { parseMidi } from '../src/index.js'
import golden from './golden/damaged.json' with { type: 'json' }

interface Reading {
  readonly notes: readonly (readonly number[])[]
  readonly tempos: readonly number[]
  readonly timeSignatures: readonly (readonly number[])[]
}

/** What a reader of `golden/read-damaged.py` finds; `null` where it refuses the file. */
interface Row {
  readonly file: string
  readonly mido: Reading | null
  readonly symusic: Reading | null
  readonly pretty_midi: Reading | null
}

const rows = Object.entries(golden as Record<string, Row>)

test('other readers have something to say of damaged files', () => {
  expect(rows.length).toBeGreaterThan(20)
})

test.for(rows)('%s: the notes that other readers find, and what all agree on', ([, row]) => {
  const bytes = Uint8Array.from(row.file.match(/../g)!, byte => Number.parseInt(byte, 16))
  const score = parseMidi(bytes)
  const notes = score.notes.map(note => [note.startTick, note.pitch, note.velocity, note.durationTicks])
  const readings = [row.mido, row.symusic, row.pretty_midi].filter(reading => reading !== null)
  for (const reading of readings) expect(notes).toEqual(reading.notes)
  if (readings.length < 3) return
  for (const { tempos, timeSignatures } of readings) {
    expect(score.tempos[0]!.tempoBpm).toBeCloseTo(tempos[0] ?? 120, 9)
    expect(score.timeSignatures.map(sign => [sign.numerator, sign.denominator])).toEqual(timeSignatures)
  }
})
