import { vocabulary } from '@vgm/encoding'
import { type Engine, openModel, stream } from '@vgm/nn'
import { CommandError } from './errors.js'
import { readModel, shippedModel } from './open-model.js'

/** Engines that compile compose one piece in blocks of 16 words: whole blocks are timed. */
const block = 16
const blocks = 3

/**
 * How long the shipped model takes for a word of one piece: the median of three blocks of 16 words, after one to warm up.
 *
 * @returns Milliseconds; nothing if the model is missing.
 */
export async function measureSpeed(engine: Engine): Promise<number | undefined> {
  const model = await readModel(shippedModel).catch((error: unknown) => {
    if (error instanceof CommandError) return undefined
    throw error
  })
  if (model === undefined) return undefined
  const words = block * blocks + 1
  const opened = await openModel(model, { engine })
  const composing = stream(opened, { words, seed: 0, endOfPiece: vocabulary.idOf('\n') })
  const times: number[] = []
  let composed = 0
  for await (const _ of composing) {
    // An engine that composes in blocks has all of a block when it gives the first word.
    if (composed++ % block === 0) times.push(performance.now())
  }
  opened.dispose()
  return median(times.slice(1).map((time, index) => time - times[index]!)) / block
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
