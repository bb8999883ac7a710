import { createRandom } from '@vgm/base'
import { vocabulary } from '@vgm/encoding'
import type { ShardedData, TrainingData } from '@vgm/nn'

/** What predicting music costs whoever knows nothing of what came before, in nats per word. */
export interface Guessing {
  /** Every word is equally likely. */
  readonly uniform: number
  /** Every word is as likely as it is frequent in the training music. */
  readonly frequencies: number
}

function countWords(counts: Float64Array, piece: ArrayLike<number>): void {
  for (let index = 0; index < piece.length; index++) counts[piece[index]!]!++
}

async function countsOf(data: TrainingData | ShardedData): Promise<Float64Array> {
  const counts = new Float64Array(vocabulary.size)
  const random = createRandom(0)
  const shards = 'shard' in data ? data.shards : 1
  for (let index = 0; index < shards; index++) {
    const shard = 'shard' in data ? await data.shard(index) : data
    for (let piece = 0; piece < shard.size; piece++) {
      const told = shard.piece(piece, random)
      countWords(counts, 'ids' in told ? told.ids : told)
    }
  }
  return counts
}

/**
 * Measures guessing on the validation music, or on the training music itself where there is none. No word counts as
 * impossible: each is taken to have occurred once more than it did.
 */
export async function measureGuessing(
  training: TrainingData | ShardedData,
  validation?: readonly ArrayLike<number>[]
): Promise<Guessing> {
  const known = await countsOf(training)
  const asked = validation === undefined ? known : new Float64Array(vocabulary.size)
  for (const piece of validation ?? []) countWords(asked, piece)
  const total = known.reduce((sum, count) => sum + count + 1, 0)
  const words = asked.reduce((sum, count) => sum + count, 0)
  const nats = asked.reduce((sum, count, id) => sum - count * Math.log((known[id]! + 1) / total), 0)
  return { uniform: Math.log(vocabulary.size), frequencies: nats / words }
}

/** What to tell of a model that has learnt next to nothing. */
export function remarkOn(loss: number, { uniform, frequencies }: Guessing): string | undefined {
  const limits = [
    [uniform, 'guessing at random'],
    [frequencies, 'guessing by the frequency of words']
  ] as const
  const [limit, guess] = limits.find(([least]) => loss >= least) ?? []
  if (limit === undefined) return undefined
  return `the model predicts no better than ${guess}: ${loss.toFixed(3)} against ${limit.toFixed(3)} nats per word`
}
