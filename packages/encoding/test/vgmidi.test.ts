import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { decode, encode, NoNotesError, parseMidi, vocabulary, writeMidi } from '../src/index.js'
import { parseAll } from './arbitrary-score.js'
import golden from './golden/notes.json' with { type: 'json' }
import { midiFiles, missingData, readData } from './vgm-data.js'

/** Phrase files that hold no note; none of them is labelled. */
const silent = [
  'Final_Fantasy_7_ThoseChosenBythePlanet_8.mid',
  'Final_Fantasy_7_Tifa_13.mid',
  'Shadow_of_the_Colossus_Prayer_12.mid'
].map(name => `vgmidi-0.1/labelled/phrases/${name}`)

/** What test/golden/read-midi.py says of a file, of the notes that its words decode to. */
function summary(path: string) {
  const notes = decode(encode(readData(path)), { strict: true }).notes.map(note => ({
    step: note.startTick / 240,
    pitch: note.pitch,
    units: note.durationTicks / 15
  }))
  const text = notes.map(({ step, pitch, units }) => `${step} ${pitch} ${units}`).join('\n')
  return {
    notes: notes.length,
    lastStep: notes.at(-1)!.step,
    pitchSum: notes.reduce((sum, { pitch }) => sum + pitch, 0),
    unitSum: notes.reduce((sum, { units }) => sum + units, 0),
    sha256: createHash('sha256').update(text).digest('hex')
  }
}

const isSame = (a: Uint16Array, b: Uint16Array) => a.length === b.length && a.every((id, at) => id === b[at])

describe('VGMIDI', () => {
  beforeEach(({ skip }) => {
    if (missingData) skip(missingData)
  })

  test.for(Object.entries(golden))('%s has the notes that mido reads', ([path, expected]) => {
    expect(summary(path)).toEqual(expected)
  })

  test('encodes every file, each to words that the grammar takes and that come back equal', () => {
    const counts = ['unlabelled/train', 'unlabelled/test', 'labelled/phrases'].map(folder => {
      const files = midiFiles(`vgmidi-0.1/${folder}`)
      for (const path of files) {
        if (silent.includes(path)) {
          expect(() => encode(readData(path)), path).toThrow(NoNotesError)
          continue
        }
        const ids = encode(readData(path))
        expect(isSame(encode(decode(ids, { strict: true })), ids), path).toBe(true)
      }
      return files.length
    })
    expect(counts).toEqual([721, 99, 1089])
  }, 60_000)

  test('comes back from files that we write', () => {
    const pieces = midiFiles('vgmidi-0.1/unlabelled/test').filter((_, index) => index % 5 === 0)
    for (const path of pieces) {
      const score = parseMidi(readData(path), { includePercussion: true, sustain: 'extend' })
      expect(parseAll(writeMidi(score)), path).toEqual(score)
      const ids = encode(readData(path))
      expect(isSame(encode(writeMidi(decode(ids))), ids), path).toBe(true)
    }
  })

  test('uses words of every kind', () => {
    const used = new Set<number>()
    for (const path of midiFiles('vgmidi-0.1/unlabelled/test'))
      for (const id of encode(readData(path))) used.add(id)
    const kinds = new Set([...used].map(id => vocabulary.words[id]!.replace(/(?<=_).*/, '')))
    expect([...kinds].sort()).toEqual(['\n', '.', 'd_', 'n_', 't_', 'v_'])
  })
})
