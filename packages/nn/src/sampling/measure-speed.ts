import type { SequenceConfig } from '../architecture.js'
import type { OpenedModel } from '../open.js'
import { blockSteps, stream } from './generate.js'

const blocks = 3

/**
 * Measures how long a model takes for a word of one piece: the median of three blocks of 16 words, after one to warm up. The
 * model is told nothing beside the words.
 *
 * @returns Milliseconds.
 */
export async function measureSpeed<Config extends SequenceConfig>(
  opened: OpenedModel<Config>,
  { endOfPiece }: { readonly endOfPiece: number }
): Promise<number> {
  const composing = stream(opened, { words: blockSteps * blocks + 1, seed: 0, endOfPiece })
  const times: number[] = []
  let composed = 0
  for await (const _ of composing) {
    // An engine that composes in blocks has all of a block when it gives the first word.
    if (composed++ % blockSteps === 0) times.push(performance.now())
  }
  const spans = times.slice(1).map((time, index) => time - times[index]!)
  return spans.sort((a, b) => a - b)[Math.floor(spans.length / 2)]! / blockSteps
}
