import { createRandom } from '@vgm/base'
import type { Checkpoint, ShardedData, TrainEvent, TrainingData } from '@vgm/nn'
import { expect } from 'vitest'

/** Random ids below `size`. */
export function randomIds(length: number, size: number, seed: number): Uint16Array {
  const random = createRandom(seed)
  return Uint16Array.from({ length }, () => random.below(size))
}

/** The id that ends a toy piece. */
export const toyEnd = 0
/** The sizes of a model that reads toy pieces. */
export const toyConfig = { vocabularySize: 5, embedding: 3, units: 6 } as const

/** Three short pieces; which words they have is a matter of chance in every epoch, as with augmentation. */
export const toyData: TrainingData = {
  size: 3,
  piece(index, random) {
    const transposed = random.below(3)
    const body = Array.from({ length: 9 + 4 * index }, (_, k) => 1 + ((k + transposed) % (2 + index)))
    return [...body, toyEnd]
  }
}

/** The same pieces twice, in two shards. */
export const toyShards: ShardedData = { size: 6, shards: 2, shard: async () => toyData }

/** The mean surprise of a word of {@link coinPiece}: one coin for every two words. */
export const coinEntropy = Math.log(2) / 2

/** A word by the toss of a coin, 1 or 2, then the word that always follows it, 3 or 4; and so on, then the end. */
export function coinPiece(tosses: number, seed: number): Uint16Array {
  const random = createRandom(seed)
  const words = Array.from({ length: tosses }, () => random.below(2)).flatMap(side => [1 + side, 3 + side])
  return Uint16Array.from([...words, toyEnd])
}

/** All events of a run. */
export async function collect(events: AsyncIterable<TrainEvent>): Promise<TrainEvent[]> {
  const collected: TrainEvent[] = []
  for await (const event of events) collected.push(event)
  return collected
}

/** The events of a run that ends with an error of this message. */
export async function collectUntil(
  events: AsyncIterable<TrainEvent>,
  message: string
): Promise<TrainEvent[]> {
  const collected: TrainEvent[] = []
  const run = async () => {
    for await (const event of events) collected.push(event)
  }
  await expect(run()).rejects.toThrow(message)
  return collected
}

/** The events of one type. */
export function ofType<Type extends TrainEvent['type']>(
  events: readonly TrainEvent[],
  type: Type
): Extract<TrainEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<TrainEvent, { type: Type }> => event.type === type)
}

/** The last checkpoint of a run. */
export function lastCheckpoint(events: readonly TrainEvent[]): Checkpoint {
  return ofType(events, 'checkpoint').at(-1)!.checkpoint
}
