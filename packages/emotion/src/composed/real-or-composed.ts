import { type Cancel, requireInteger, type Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { bootstrapInterval, crossValidate } from '@vgm/probe'
import { SilentMusicError } from '../errors.js'
import { describeScores } from '../features/describe-scores.js'
import { wholePhrasesOf } from '../target/ranges.js'
import { comparingTolerance } from '../training/validate-sentiment.js'

/** Options of {@link realOrComposed}. */
export interface RealOrComposedOptions extends Cancel, Watch {
  /** Folds of the cross-validation (default: 10). */
  readonly folds?: number
  /** Deals the folds and draws the pieces of the interval; an integer from 0 to 2³² − 1 (default: 0). */
  readonly seed?: number
}

/** How well real music is told from composed music. */
export interface RealOrComposed {
  /** Balanced accuracy, 0–1. At 0.5 composed music cannot be told from real music. */
  readonly accuracy: number
  /** 95 % interval of the accuracy, by drawing pieces of both kinds with replacement. */
  readonly interval: readonly [low: number, high: number]
  /** Pieces and phrases with notes that were compared. */
  readonly real: { readonly pieces: number; readonly phrases: number }
  readonly composed: { readonly pieces: number; readonly phrases: number }
}

/** The phrases of a piece that were judged, and how many of them rightly. */
interface Judged {
  readonly phrases: number
  readonly right: number
}

/**
 * How well a logistic regression over all descriptors of phrases of four bars tells real from composed music. It judges only
 * pieces that it has not seen: the folds of the cross-validation hold whole pieces. A phrase counts as composed where that is
 * likelier than in the music as a whole, so that it does not matter which kind has more phrases. The accuracy is the mean of
 * the shares of both kinds' phrases that are judged rightly.
 *
 * Both kinds must be read in the same way: decode the words of real pieces (`decode(encode(score))`), or their finer timing
 * alone tells them apart.
 *
 * The fits take seconds without a break, so run it in a worker.
 *
 * @throws {SilentMusicError} if all real or all composed pieces are without phrases.
 * @throws {FoldsError} if there are fewer pieces than folds.
 * @throws {InvalidOptionError} if an option is out of its range.
 */
export async function realOrComposed(
  real: readonly Score[],
  composed: readonly Score[],
  { folds = 10, seed = 0, signal, onProgress }: RealOrComposedOptions = {}
): Promise<RealOrComposed> {
  const caller = 'realOrComposed'
  requireInteger(caller, 'folds', folds, 2)
  requireInteger(caller, 'seed', seed, 0, 0xffffffff)
  const kinds = [real, composed].map(pieces => pieces.map(wholePhrasesOf).filter(({ length }) => length > 0))
  if (kinds.some(({ length }) => length === 0)) throw new SilentMusicError(caller)
  const phrases = kinds.flat(2)
  const groups = kinds.flat().flatMap((piece, index) => piece.map(() => index))
  const labels = kinds.flatMap((pieces, kind) => pieces.flat().map(() => kind))
  const features = await describeScores(phrases, { signal, onProgress })
  const { outOfFold } = crossValidate(features, labels, {
    ...{ groups, folds, seed, onProgress },
    ...{ penalty: 'l2', Cs: [0.003, 0.03, 0.3], innerFolds: 3, permutations: 0 },
    ...{ standardize: true, tolerance: comparingTolerance }
  })
  const usual = labels.reduce((sum, label) => sum + label, 0) / labels.length
  const right = Array.from(outOfFold[0]!, (probability, row) => Number(probability > usual) === labels[row])
  let from = 0
  const judged = kinds.map(pieces =>
    pieces.map(({ length }): Judged => {
      const own = right.slice(from, from + length)
      from += length
      return { phrases: length, right: own.filter(Boolean).length }
    })
  )
  const counts = judged.map(pieces => ({ pieces: pieces.length, phrases: sumOf(pieces, 'phrases') }))
  return {
    accuracy: balanced(judged),
    interval: bootstrapInterval(judged, balanced, { seed }),
    real: counts[0]!,
    composed: counts[1]!
  }
}

function balanced(kinds: readonly (readonly Judged[])[]): number {
  const shares = kinds.map(pieces => sumOf(pieces, 'right') / sumOf(pieces, 'phrases'))
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

function sumOf(pieces: readonly Judged[], field: keyof Judged): number {
  return pieces.reduce((sum, piece) => sum + piece[field], 0)
}
