import { createRandom } from '@vgm/base'
import { inShards, type ShardedData, type TrainingData, toldPiece } from '../training/batches/data.js'

/** What predicting music costs whoever knows nothing of what came before, in nats per word. */
export interface Guessing {
  /** Every word is equally likely. */
  readonly uniform: number
  /** Every word is as likely as it is frequent in the training music. */
  readonly frequencies: number
}

/** What {@link measureGuessing} needs to know. */
export interface GuessingOptions {
  readonly vocabularySize: number
  /** The pieces to predict; by default the training music itself. */
  readonly validation?: readonly ArrayLike<number>[] | undefined
}

/**
 * Measures how well guessing predicts music, for comparison with a model. No word counts as impossible: each is taken to have
 * occurred once more than it did.
 */
export async function measureGuessing(
  training: TrainingData | ShardedData,
  { vocabularySize, validation }: GuessingOptions
): Promise<Guessing> {
  const known = await countsOf(training, vocabularySize)
  const asked = validation === undefined ? known : new Float64Array(vocabularySize)
  for (const piece of validation ?? []) countWords(asked, piece)
  const total = known.reduce((sum, count) => sum + count + 1, 0)
  const words = asked.reduce((sum, count) => sum + count, 0)
  const nats = asked.reduce((sum, count, id) => sum - count * Math.log((known[id]! + 1) / total), 0)
  return { uniform: Math.log(vocabularySize), frequencies: nats / words }
}

async function countsOf(data: TrainingData | ShardedData, vocabularySize: number): Promise<Float64Array> {
  const counts = new Float64Array(vocabularySize)
  const random = createRandom(0)
  const { shards, shard } = inShards(data)
  for (let index = 0; index < shards; index++) {
    const pieces = await shard(index)
    for (let piece = 0; piece < pieces.size; piece++) {
      countWords(counts, toldPiece(pieces.piece(piece, random)).ids)
    }
  }
  return counts
}

function countWords(counts: Float64Array, piece: ArrayLike<number>): void {
  for (let index = 0; index < piece.length; index++) counts[piece[index]!]!++
}
