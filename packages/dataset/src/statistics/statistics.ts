import { lengthSeconds, meanTempoBpm, type Score, type Tokenizer } from '@vgm/encoding'
import {
  countVelocityClasses,
  estimateKey,
  UniformHistogramError,
  type VelocityClass,
  velocityClasses
} from '@vgm/key-velocity'
import { type Distribution, describeNumbers } from './distribution.js'

/** A piece or a phrase to be counted. */
export interface LabelledScore {
  readonly score: Score
  /** Such as `positive` or `Q1`; absent where there is none. */
  readonly label?: string
}

/** A name and how often it came. */
export interface NamedCount {
  readonly name: string
  readonly count: number
}

/** The contents of a data set in numbers. */
export interface DatasetStatistics {
  readonly pieces: number
  /** Words per piece, in the tokenizer's vocabulary. */
  readonly words: Distribution
  /** Seconds per piece, from its beginning to the end of its last note. */
  readonly lengthSec: Distribution
  /** Quarter notes per minute, per piece the mean over its length. */
  readonly tempoBpm: Distribution
  readonly notes: number
  /** Pieces per key after Krumhansl and Kessler, most frequent first; `none` for pieces whose pitches fit all keys alike. */
  readonly keys: readonly NamedCount[]
  /** Notes per velocity class, from pp to ff. */
  readonly velocityClasses: Readonly<Record<VelocityClass, number>>
  /** Pieces per label, by name; without the pieces that have none. */
  readonly labels: readonly NamedCount[]
}

/** Counts pieces one by one; keeps three numbers of each. */
export interface StatisticsCounter {
  /**
   * Counts a piece, or throws and counts nothing of it.
   *
   * @throws {EncodingError} of `@vgm/encoding` if it has no notes or is out of its limits.
   */
  add(piece: LabelledScore): void
  /** The statistics so far. */
  result(): DatasetStatistics
}

/** A {@link StatisticsCounter} that has counted nothing. The tokenizer decides how many words a piece has. */
export function createStatisticsCounter({ encode }: Pick<Tokenizer, 'encode'>): StatisticsCounter {
  const words: number[] = []
  const lengths: number[] = []
  const tempos: number[] = []
  const keys = new Map<string, number>()
  const labels = new Map<string, number>()
  const velocities = Object.fromEntries(velocityClasses.map(name => [name, 0])) as Record<
    VelocityClass,
    number
  >
  let notes = 0
  return {
    add({ score, label }) {
      const wordCount = encode(score).length
      const key = keyNameOf(score)
      words.push(wordCount)
      lengths.push(lengthSeconds(score))
      tempos.push(meanTempoBpm(score))
      notes += score.notes.length
      increment(keys, key)
      const counts = countVelocityClasses(score)
      for (const name of velocityClasses) velocities[name] += counts[name]
      if (label !== undefined) increment(labels, label)
    },
    result: () => ({
      pieces: words.length,
      words: describeNumbers(words),
      lengthSec: describeNumbers(lengths),
      tempoBpm: describeNumbers(tempos),
      notes,
      keys: byName(keys).sort((a, b) => b.count - a.count),
      velocityClasses: { ...velocities },
      labels: byName(labels)
    })
  }
}

/**
 * Counts of a data set: pieces, words, lengths, tempos, keys, velocities and labels. The pieces are looked at one by one and
 * none is kept, so they may come from anywhere and be as many as they like.
 *
 * @throws {EncodingError} of `@vgm/encoding` if a piece has no notes or is out of its limits; to pass over such pieces,
 * use {@link createStatisticsCounter}.
 */
export async function datasetStatistics(
  pieces: Iterable<LabelledScore> | AsyncIterable<LabelledScore>,
  tokenizer: Pick<Tokenizer, 'encode'>
): Promise<DatasetStatistics> {
  const counter = createStatisticsCounter(tokenizer)
  for await (const piece of pieces) counter.add(piece)
  return counter.result()
}

function keyNameOf(score: Score): string {
  try {
    return estimateKey(score).name
  } catch (error) {
    if (error instanceof UniformHistogramError) return 'none'
    throw error
  }
}

function increment(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function byName(counts: ReadonlyMap<string, number>): NamedCount[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => (a.name < b.name ? -1 : 1))
}
