import { createRandom } from '@vgm/base'
import type { Model, Weights } from '@vgm/nn'
import { type TransformerConfig, transformer } from '../src/index.js'
import golden from './golden/transformer.json' with { type: 'json' }

/** What PyTorch computed; see `golden/torch-transformer.py`. */
export { golden }

type Group = 'parameters' | 'gradients' | 'after'

/** The numbers of every parameter in a group of the golden file. */
export function numbersOf(group: Group): Record<string, Float32Array> {
  const entries = Object.entries(golden[group]).map(([name, values]) => [name, Float32Array.from(values)])
  return Object.fromEntries(entries)
}

/** A model with a made-up origin. */
export function modelOf(config: TransformerConfig, weights: Weights): Model<TransformerConfig> {
  return {
    architecture: transformer,
    config,
    weights,
    vocabulary: { name: 'letters', hash: 'sha256:0123456789abcdef' },
    provenance: { data: 'none', seed: 20 },
    metrics: {},
    license: 'CC0-1.0'
  }
}

/** A model whose matrices are so large that its predictions depend on all that it has read. */
export function boldModel(config: TransformerConfig): Model<TransformerConfig> {
  const weights = transformer.initial(config, createRandom(4).fork('weights'))
  const random = createRandom(5)
  const bold = Object.entries(weights).map(([name, values]) => {
    if (/gain$/i.test(name)) return [name, values] as const
    // Nothing is told to the attention of fresh weights.
    if (name.endsWith('.told')) return [name, values.map(() => 6 * (random.next() - 0.5))] as const
    return [name, values.map(value => (name === 'told' ? 75 : 25) * value)] as const
  })
  return modelOf(config, Object.fromEntries(bold))
}
