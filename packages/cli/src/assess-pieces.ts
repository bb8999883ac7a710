import { countHeard, decode, phrasesOf, type Score } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { type Matrix, probabilities } from '@vgm/probe'
import { describeInParts, type OnProgress } from './descriptor-matrix.js'
import { CommandError } from './errors.js'
import type { Judge } from './judge.js'

/** Where the middle 80 % of real music lies in one descriptor. */
export interface Range {
  readonly descriptor: string
  readonly low: number
  readonly high: number
}

/** What composed pieces are to be like. */
export interface Aim {
  readonly judge: Judge
  /** The probability of being positive that is aimed at, 0–1. */
  readonly target: number
  /** What pieces should not leave. */
  readonly ranges: readonly Range[]
  /** What leaving the ranges costs, beside the squared distance from the target. */
  readonly penalty: number
  readonly signal: AbortSignal
}

/** What one piece is worth. */
export interface Assessment {
  /** That it is positive: the mean over its phrases. */
  readonly probability: number
  /** How far it is outside of the ranges, in widths of these, summed over them. */
  readonly excess: number
  /** `(probability − target)² + penalty · excess`; less is better. */
  readonly cost: number
}

/** What tells music from noise, silence and a needle that is stuck; none of it may change for the sake of the judge. */
const guarded = [
  'note-density-per-step',
  'average-number-of-simultaneous-pitches',
  'complete-rests-fraction',
  'repeated-bars',
  'mean-pitch',
  'pitch-variability',
  'mean-tempo',
  'mean-loudness'
]
const guardedColumns = guarded.map(name => featureNames.indexOf(name))

/** A piece in phrases of four bars, with what is left over; one that is shorter as a whole; nothing if it has no note. */
function phrasesOfPiece(ids: Uint16Array): Score[] {
  const score = decode(ids)
  const phrases = phrasesOf(score, { bars: 4, hop: 4, rest: true }).map(phrase => phrase.score)
  return phrases.length > 0 || countHeard(score) === 0 ? phrases : [score]
}

/** The mean of some rows of a column. */
function meanOf({ data, columns }: Matrix, column: number, from: number, to: number): number {
  let sum = 0
  for (let row = from; row < to; row++) sum += data[row * columns + column]!
  return sum / (to - from)
}

/**
 * The ranges of the guarded descriptors over the phrases of pieces: from the 10 % to the 90 % quantile.
 *
 * @throws {CommandError} if no piece has a note.
 */
export async function rangesOf(
  pieces: readonly Uint16Array[],
  signal: AbortSignal,
  onProgress?: OnProgress
): Promise<Range[]> {
  const phrases = pieces.flatMap(phrasesOfPiece)
  if (phrases.length === 0) throw new CommandError('the music whose ranges are to be kept has no notes')
  const { data, rows, columns } = await describeInParts(phrases, signal, onProgress)
  return guarded.map((descriptor, index) => {
    const values = Float64Array.from(
      { length: rows },
      (_, row) => data[row * columns + guardedColumns[index]!]!
    )
    values.sort()
    const quantile = (share: number) => values[Math.floor(share * (rows - 1))]!
    return { descriptor, low: quantile(0.1), high: quantile(0.9) }
  })
}

function excessOf(value: number, { low, high }: Range): number {
  const width = high > low ? high - low : 1
  return Math.max(0, low - value, value - high) / width
}

async function probabilitiesOf(
  scores: readonly Score[],
  features: Matrix,
  judge: Judge
): Promise<Float64Array> {
  if (scores.length === 0) return new Float64Array()
  return judge.kind === 'descriptors'
    ? probabilities(judge.file.probe, features)
    : judge.probabilities(scores)
}

/** What composed pieces are worth. One that has no note is as far from the target as can be, and no better than the worst. */
export async function assess(
  pieces: readonly Uint16Array[],
  { judge, target, ranges, penalty, signal }: Aim
): Promise<Assessment[]> {
  const phrases = pieces.map(phrasesOfPiece)
  const scores = phrases.flat()
  const features = await describeInParts(scores, signal)
  const positive = await probabilitiesOf(scores, features, judge)
  let from = 0
  const sounding = phrases.map(({ length }) => {
    const to = from + length
    if (length === 0) return undefined
    const probability = positive.subarray(from, to).reduce((a, b) => a + b, 0) / length
    const excesses = ranges.map(range => excessOf(meanOf(features, columnOf(range), from, to), range))
    from = to
    return { probability, excess: excesses.reduce((a, b) => a + b, 0) }
  })
  const worst = sounding.reduce((most, piece) => Math.max(most, piece?.excess ?? 0), ranges.length)
  return sounding.map(piece => {
    const { probability, excess } = piece ?? { probability: target < 0.5 ? 1 : 0, excess: worst }
    return { probability, excess, cost: (probability - target) ** 2 + penalty * excess }
  })
}

function columnOf({ descriptor }: Range): number {
  return featureNames.indexOf(descriptor)
}
