import type { Cancel, Watch } from '@vgm/base'
import { countHeard, phrasesOf, type Score } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { SilentMusicError } from '../errors.js'
import { describeScores } from '../features/describe-scores.js'
import { phraseBars } from '../piece.js'

/** Where the middle 80 % of music lies in one descriptor. */
export interface DescriptorRange {
  /** Its name in `@vgm/features`. */
  readonly descriptor: string
  readonly low: number
  readonly high: number
}

/** Descriptors that tell music from noise, silence and endless repetition; composed music should not leave their ranges. */
const rangedDescriptors = [
  'note-density-per-step',
  'average-number-of-simultaneous-pitches',
  'complete-rests-fraction',
  'repeated-bars',
  'mean-pitch',
  'pitch-variability',
  'mean-tempo',
  'mean-loudness'
]

/** A piece in phrases of four bars, with what is left over; one that is shorter as a whole; nothing if it has no note. */
export function wholePhrasesOf(piece: Score): Score[] {
  const phrases = phrasesOf(piece, { bars: phraseBars, hop: phraseBars, rest: true })
  if (phrases.length > 0) return phrases.map(({ score }) => score)
  return countHeard(piece) === 0 ? [] : [piece]
}

/**
 * What music is like, measured on phrases of four bars: eight descriptors (density, silence, repetition, register, tempo,
 * loudness …), each from its 10 % to its 90 % quantile.
 *
 * @throws {SilentMusicError} if no piece has a note.
 */
export async function rangesOf(
  pieces: readonly Score[],
  watch: Cancel & Watch = {}
): Promise<DescriptorRange[]> {
  const phrases = pieces.flatMap(wholePhrasesOf)
  if (phrases.length === 0) throw new SilentMusicError('rangesOf')
  const { data, rows, columns } = await describeScores(phrases, watch)
  return rangedDescriptors.map(descriptor => {
    const column = featureNames.indexOf(descriptor)
    const values = Float64Array.from({ length: rows }, (_, row) => data[row * columns + column]!)
    values.sort()
    const quantile = (share: number) => values[Math.floor(share * (rows - 1))]!
    return { descriptor, low: quantile(0.1), high: quantile(0.9) }
  })
}
