import fc from 'fast-check'
import {
  type MidiData,
  type MidiEvent,
  parseMidi as readWithPeer,
  writeMidi as writeWithPeer
} from 'midi-file'
import { describe, expect, test } from 'vitest'
import { type Score, writeMidi } from '../src/index.js'
import { parseAll, scores } from './arbitrary-score.js'

type Placed = { readonly tick: number; readonly event: MidiEvent }

function place(track: readonly MidiEvent[]): Placed[] {
  let tick = 0
  return track.map(event => {
    tick += event.deltaTime
    return { tick, event }
  })
}

/** What a file says, in words that both sides can be brought to. */
function factsOf({ tracks }: MidiData): string[] {
  const facts = tracks.flatMap(place).map(({ tick, event }) => {
    if (event.type === 'noteOn') return `on ${tick} ${event.channel} ${event.noteNumber} ${event.velocity}`
    if (event.type === 'noteOff') return `off ${tick} ${event.channel} ${event.noteNumber}`
    if (event.type === 'setTempo') return `tempo ${tick} ${event.microsecondsPerBeat}`
    if (event.type === 'timeSignature') return `time ${tick} ${event.numerator}/${event.denominator}`
    if (event.type === 'keySignature') return `key ${tick} ${event.key} ${event.scale}`
    return ''
  })
  return facts.filter(Boolean).sort()
}

function factsOfScore(score: Score): string[] {
  const ons = score.notes.map(note => `on ${note.startTick} ${note.channel} ${note.pitch} ${note.velocity}`)
  const offs = score.notes.map(
    note => `off ${note.startTick + note.durationTicks} ${note.channel} ${note.pitch}`
  )
  const tempos = score.tempos.map(({ tick, tempoBpm }) => `tempo ${tick} ${Math.round(60e6 / tempoBpm)}`)
  const times = score.timeSignatures.map(time => `time ${time.tick} ${time.numerator}/${time.denominator}`)
  const keys = score.keySignatures.map(key => `key ${key.tick} ${key.fifths} ${key.mode === 'major' ? 0 : 1}`)
  return [...ons, ...offs, ...tempos, ...times, ...keys].sort()
}

describe('another implementation, midi-file,', () => {
  test('finds in our files what the score says', () => {
    fc.assert(
      fc.property(scores, score => {
        const data = readWithPeer(writeMidi(score))
        expect(data.header).toMatchObject({ format: 1, ticksPerBeat: score.ticksPerQuarter })
        expect(data.tracks.every(track => track.at(-1)?.type === 'endOfTrack')).toBe(true)
        expect(factsOf(data)).toEqual(factsOfScore(score))
      }),
      { seed: 1 }
    )
  })

  test('writes files, with running status and note-offs by velocity 0, that we read as they were', () => {
    fc.assert(
      fc.property(scores, score => {
        const data = readWithPeer(writeMidi(score))
        for (const event of data.tracks.flat()) if (event.type === 'noteOff') event.velocity = 0
        const bytes = Uint8Array.from(writeWithPeer(data, { running: true, useByte9ForNoteOff: true }))
        expect(bytes.length).toBeLessThanOrEqual(writeMidi(score).length)
        expect(parseAll(bytes)).toEqual(score)
      }),
      { seed: 2 }
    )
  })
})
