import type { Cancel } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { type Matrix, probabilities } from '@vgm/probe'
import { describeScores } from '../features/describe-scores.js'
import type { Judge } from '../judge.js'
import { type DescriptorRange, wholePhrasesOf } from './ranges.js'

/** What composed pieces should be like. */
export interface EmotionTarget {
  readonly judge: Judge
  /** The probability of being positive that is wanted, 0–1. */
  readonly target: number
  /** What pieces should not leave. */
  readonly ranges: readonly DescriptorRange[]
  /** What leaving the ranges costs, beside the squared distance from the target. */
  readonly penalty: number
}

/** How near a piece is to its target. */
export interface Assessment {
  /** That it is positive: the mean over its phrases. */
  readonly probability: number
  /** How far it is outside of the ranges, in widths of these, summed over them. */
  readonly excess: number
  /** `(probability − target)² + penalty · excess`; less is better. */
  readonly cost: number
}

/**
 * How near composed pieces are to a target: the reward of a search. A piece without a note is as far from the target as can
 * be, and no better than the worst of the others.
 */
export async function assess(
  pieces: readonly Score[],
  { judge, target, ranges, penalty }: EmotionTarget,
  { signal }: Cancel = {}
): Promise<Assessment[]> {
  const phrases = pieces.map(wholePhrasesOf)
  const scores = phrases.flat()
  const features = await describeScores(scores, { signal })
  const positive = await probabilitiesOf(scores, features, judge, signal)
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

async function probabilitiesOf(
  scores: readonly Score[],
  descriptors: Matrix,
  judge: Judge,
  signal: AbortSignal | undefined
): Promise<Float64Array> {
  if (scores.length === 0) return new Float64Array()
  return judge.kind === 'descriptors'
    ? probabilities(judge.probe, descriptors)
    : judge.probabilities(scores, { signal })
}

function columnOf({ descriptor }: DescriptorRange): number {
  return featureNames.indexOf(descriptor)
}

/** The mean of some rows of a column. */
function meanOf({ data, columns }: Matrix, column: number, from: number, to: number): number {
  let sum = 0
  for (let row = from; row < to; row++) sum += data[row * columns + column]!
  return sum / (to - from)
}

function excessOf(value: number, { low, high }: DescriptorRange): number {
  const width = high > low ? high - low : 1
  return Math.max(0, low - value, value - high) / width
}
