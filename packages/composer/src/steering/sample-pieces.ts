import type { Cancel } from '@vgm/base'
import type { Score, Tokenizer } from '@vgm/encoding'
import type { Steering } from '@vgm/mlstm'
import {
  type Engine,
  eager,
  generate,
  type Model,
  type OpenedModel,
  openModel,
  type SequenceConfig
} from '@vgm/nn'
import { sampling } from '../defaults.js'
import { tokenizerOf } from '../tokenizer-of.js'
import { withBreaks } from '../with-breaks.js'
import { heldSteering } from './held-steering.js'

/** How the pieces of a search are drawn. */
export function searchDrawing({ endOfPiece, grammar }: Tokenizer) {
  return { endOfPiece, grammar, ...sampling }
}

/** Options of {@link samplePieces}. */
export interface SampleOptions extends Cancel {
  readonly count: number
  /** The words of a piece. */
  readonly words: number
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  readonly steering?: Steering
  /** What computes; by default the tfjs backend that is set. */
  readonly engine?: Engine
}

/**
 * Composes pieces as a search for a steering does: cut after so many words, not transposed. Ask for the same seed with and
 * without a steering to compare pieces in pairs.
 */
export async function samplePieces(model: Model, options: SampleOptions): Promise<Score[]> {
  const { count, words, seed, steering, signal } = options
  const tokenizer = tokenizerOf(model, 'samplePieces')
  const opened = await openForSearch(model, options)
  try {
    const pieces = await generate(opened, {
      ...searchDrawing(tokenizer),
      ...{ count, words, seed },
      ...(steering && { held: heldSteering(model, steering, count) }),
      ...(signal && { signal })
    })
    return pieces.map(ids => tokenizer.decode(ids))
  } finally {
    opened.dispose()
  }
}

/** Opens a model on an engine that takes breaks. */
export async function openForSearch<Config extends SequenceConfig>(
  model: Model<Config>,
  { engine }: { readonly engine?: Engine }
): Promise<OpenedModel<Config>> {
  return openModel(model, { engine: withBreaks(engine ?? (await eager())) })
}
