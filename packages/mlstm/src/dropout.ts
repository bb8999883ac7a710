import { mul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { createRandom } from './random.js'
import type { ModelConfig, TensorSpec } from './types.js'

/** Shares of numbers that are left out in training, each in `[0, 1)`; 0 leaves out none. */
export interface DropoutRates {
  /** Of a word's embedding. */
  readonly embeddingDropout: number
  /** Of the hidden state on its way to the next time step. */
  readonly recurrentDropout: number
  /** Of the hidden state on its way to the prediction. */
  readonly outputDropout: number
}

/** Nothing is left out. */
export const noDropout: DropoutRates = { embeddingDropout: 0, recurrentDropout: 0, outputDropout: 0 }

/** What is left of each row's numbers: 0 or `1 / (1 − rate)`, the same at every time step of a window. */
export interface DropoutMasks {
  /** `[B, E]`. */
  readonly embedding?: Tensor2D
  /** `[B, H]`. */
  readonly recurrent?: Tensor2D
  /** `[B, H]`. */
  readonly output?: Tensor2D
}

/** `x` with a mask's numbers left out. */
export function masked(x: Tensor2D, mask: Tensor2D | undefined): Tensor2D {
  return mask === undefined ? x : (mul(x, mask) as Tensor2D)
}

interface MaskLayout {
  readonly name: keyof DropoutMasks
  readonly rate: number
  readonly width: 'embedding' | 'units'
}

/** The masks that are in use, in program order. */
function layout(rates: DropoutRates): MaskLayout[] {
  const all: MaskLayout[] = [
    { name: 'embedding', rate: rates.embeddingDropout, width: 'embedding' },
    { name: 'recurrent', rate: rates.recurrentDropout, width: 'units' },
    { name: 'output', rate: rates.outputDropout, width: 'units' }
  ]
  return all.filter(({ rate }) => rate > 0)
}

/** Shapes of the masks in use: programs take them as their last inputs. */
export function maskSpecs(rates: DropoutRates, config: ModelConfig, lanes: number): TensorSpec[] {
  return layout(rates).map(({ width }) => ({ shape: [lanes, config[width]], dtype: 'float32' }))
}

/** The masks among a program's last inputs, by name. */
export function namedMasks(rates: DropoutRates, tensors: readonly Tensor[]): DropoutMasks {
  return Object.fromEntries(layout(rates).map(({ name }, k) => [name, tensors[k]]))
}

/**
 * The masks of one training step, by chance that depends on seed and step alone: a resumed run draws the same.
 *
 * @source Gal & Ghahramani 2016: one mask per sequence, not one per time step
 */
export function drawMasks(
  rates: DropoutRates,
  config: ModelConfig,
  lanes: number,
  { seed, step }: { readonly seed: number; readonly step: number }
): Float32Array[] {
  const random = createRandom((seed + Math.imul(step, 0x9e3779b9)) >>> 0)
  return layout(rates).map(({ rate, width }) =>
    Float32Array.from({ length: lanes * config[width] }, () => (random.next() < rate ? 0 : 1 / (1 - rate)))
  )
}
