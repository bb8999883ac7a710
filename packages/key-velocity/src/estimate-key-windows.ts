import { firstIndex } from '@vgm/base'
import { InvalidNoteError } from './errors.js'
import { type KeyOptions, rankKeys } from './estimate-key.js'
import { pitchedNotesOf } from './notes.js'
import { defaultProfile, standardizedProfiles } from './profiles.js'
import type { KeyEstimate, NoteSource } from './types.js'
import { type WindowOptions, windowBoundaries } from './windows.js'

/** The key of a stretch of music, or why it has none. */
export type KeyWindow = {
  readonly startTick: number
  /** Where the next window begins. */
  readonly endTick: number
} & (
  | { readonly key: KeyEstimate }
  | {
      readonly key: undefined
      /** `silence`: no pitched note sounds; `uniform`: every pitch class sounds equally long. */
      readonly reason: 'silence' | 'uniform'
    }
)

/**
 * The key of every window of music, for modulations: per bar, per several bars or per a number of quarters. A note counts
 * in each window for as long as it sounds there.
 *
 * @returns The windows from tick 0 to the end of the last note, without gaps; none where there are no notes.
 * @throws {InvalidNoteError} if a note is out of its range, or begins before tick 0.
 * @throws {InvalidOptionError} if an option is out of its range, or both `bars` and `quarters` are given.
 * @throws {TooManyWindowsError} if there would be more than 100,000 windows.
 */
export function estimateKeyWindows(notes: NoteSource, options: WindowOptions & KeyOptions): KeyWindow[] {
  const caller = 'estimateKeyWindows'
  const profiles = standardizedProfiles(caller, options.profile ?? defaultProfile)
  const { pitches, starts, durations } = pitchedNotesOf(caller, notes)
  let end = 0
  for (const [index, start] of starts.entries()) {
    if (start < 0) throw new InvalidNoteError(caller, `pitched note ${index}`, 'a start of at least 0', start)
    end = Math.max(end, start + durations[index]!)
  }
  const boundaries = windowBoundaries(caller, end, options)
  const histograms = boundaries.slice(1).map(() => new Float64Array(12))
  for (let index = 0; index < pitches.length; index++) {
    const from = starts[index]!
    const to = from + durations[index]!
    const pitchClass = pitches[index]! % 12
    const first = firstIndex(boundaries.length, at => boundaries[at]! > from) - 1
    for (let window = first; window < histograms.length; window++) {
      const windowStart = boundaries[window]!
      if (windowStart >= to) break
      const histogram = histograms[window]!
      const overlap = Math.min(to, boundaries[window + 1]!) - Math.max(from, windowStart)
      histogram[pitchClass] = histogram[pitchClass]! + overlap
    }
  }
  return histograms.map((histogram, window): KeyWindow => {
    const place = { startTick: boundaries[window]!, endTick: boundaries[window + 1]! }
    const key = rankKeys(histogram, profiles)
    if (key !== undefined) return { ...place, key }
    return { ...place, key: undefined, reason: histogram[0] === 0 ? 'silence' : 'uniform' }
  })
}
