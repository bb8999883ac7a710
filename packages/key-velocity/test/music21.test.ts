import { type Note, parseMidi } from '@vgm/encoding'
import { describe, expect, test, vi } from 'vitest'
import { estimateKey, type PitchedNote } from '../src/index.js'
import { type GoldenKey, goldenOf, readGolden, type SyntheticPhrase } from './golden.js'
import { missingData, readPhrase } from './vgm-data.js'

// 966 files are read twice.
vi.setConfig({ testTimeout: 60_000 })

/** Decimals to which correlations are compared; the golden files have 12. */
const decimals = 10

describe('equal to music21', () => {
  test.each(readGolden<SyntheticPhrase>('music21-synthetic.json'))(
    '%s',
    (_, { notes, keys: [correlation, ...keys] }) => {
      const source = notes.map(
        ([pitch, startTick, durationTicks]): PitchedNote => ({
          pitch,
          velocity: 64,
          startTick,
          durationTicks
        })
      )
      const [ours, ...ourKeys] = goldenOf(source)
      expect(ours).toBeCloseTo(correlation!, decimals)
      expect(ourKeys).toEqual(keys)
    }
  )
})

describe.skipIf(missingData)(
  `VGMIDI's labelled phrases, beside music21${missingData ? `: ${missingData}` : ''}`,
  () => {
    const phrases = missingData ? [] : readGolden<GoldenKey>('music21-vgmidi.json')

    test('all 966 have its key and correlation, and its keys by three other profiles', () => {
      expect(phrases).toHaveLength(966)
      for (const [path, [correlation, ...keys]] of phrases) {
        const [ours, ...ourKeys] = goldenOf(endAtNextRelease(parseMidi(readPhrase(path)).notes))
        expect(ours, path).toBeCloseTo(correlation!, decimals)
        expect(ourKeys, path).toEqual(keys)
      }
    })

    test('where a pitch is struck while it sounds, parseMidi reads other lengths: 45 correlations and 2 keys differ', () => {
      const differing = phrases.flatMap(([path, [correlation, keyIndex]]) => {
        const { notes } = parseMidi(readPhrase(path))
        const key = estimateKey(notes)
        if (Math.abs(key.correlation - correlation!) < 10 ** -decimals) {
          expect(key.keyIndex, path).toBe(keyIndex)
          return []
        }
        expect(endAtNextRelease(notes), path).not.toEqual(notes)
        return [{ path, ours: key.keyIndex, theirs: keyIndex }]
      })
      expect(differing).toHaveLength(45)
      expect(differing.filter(({ ours, theirs }) => ours !== theirs)).toEqual([
        { path: 'phrases/Final_Fantasy_7_SandyBadlands_6', ours: 19, theirs: 14 },
        { path: 'phrases/Legend_Of_Zelda_The_Ocarina_Of_Time_GerudoValley_5', ours: 13, theirs: 18 }
      ])
    })
  }
)

/**
 * The notes as music21 reads them. It ends a note at the next note-off of its pitch and channel, so one note-off can end
 * several notes; `parseMidi` lets each end the oldest that sounds.
 */
function endAtNextRelease(notes: readonly Note[]): Note[] {
  return notes.map(note => {
    const releases = notes
      .filter(({ pitch, channel }) => pitch === note.pitch && channel === note.channel)
      .map(({ startTick, durationTicks }) => startTick + durationTicks)
      .filter(tick => tick > note.startTick)
    return { ...note, durationTicks: Math.min(...releases) - note.startTick }
  })
}
