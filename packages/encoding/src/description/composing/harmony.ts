import { chordIndex } from '../chords.js'

/** A key that a piece stands in. */
export interface PlanKeyName {
  /** The pitch class of the tonic, 0 for C. */
  readonly tonic: number
  readonly mode: 'major' | 'minor'
}

const triads = { major: [0, 4, 7], minor: [0, 3, 7] } as const
/** The minor scale has both sevenths. */
const scales = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10, 11] } as const
/** A beat in time steps: on it only chord tones are struck. */
const beat = 4

const above = (tonic: number, intervals: readonly number[]) =>
  intervals.map(interval => (tonic + interval) % 12)

/** The pitch classes of the triad over a tonic. */
export function triadOf({ tonic, mode }: PlanKeyName): readonly number[] {
  return above(tonic, triads[mode])
}

/** The pitch classes of a chord by its name; none of one that is not known. */
function tonesOfChord(chord: string): readonly number[] {
  const index = chordIndex(chord)
  if (index === undefined) return []
  return triadOf({ tonic: index % 12, mode: index < 12 ? 'major' : 'minor' })
}

/** The pitch classes that fit at a place of a bar: on a beat the tones of its chord, elsewhere those of the scale, too. */
export function fittingClasses(
  key: PlanKeyName,
  chord: string | null | undefined,
  place: number
): ReadonlySet<number> {
  const tones = chord ? tonesOfChord(chord) : []
  const isBeat = place % beat === 0 && tones.length > 0
  return new Set(isBeat ? tones : [...tones, ...above(key.tonic, scales[key.mode])])
}
