import { InvalidOptionError, requireInteger, type SeededRandom } from '@vgm/base'
import { type Shapes, sizeOf, type Weights } from '@vgm/nn'
import type { TransformerConfig } from './types.js'

/** The feed-forward net is so many times as wide as the model. */
const expansion = 4

/** The number of classes of all controls together. */
function classCount({ controls }: Pick<TransformerConfig, 'controls'>): number {
  return controls.reduce((total, classes) => total + classes, 0)
}

/** The parameters of layer `l` have names that begin so. */
export function layerName(l: number): string {
  return `layer${l}`
}

/**
 * The shape of every parameter.
 *
 * | name | shape | role |
 * |---|---|---|
 * | `embedding` | `[V, D]` | a word's vector, read and predicted with |
 * | `told` | `[P, D]` | what each class of each control adds to a word; missing without controls |
 * | `layer0.told` | `[P, D]` | what each adds to what the layer's attention reads |
 * | `layer0.heads` | `[D, 3D]` | queries, keys and values; see {@link turned} for the order of the columns |
 * | `layer0.attended` | `[D, D]` | what was attended to, back to the width |
 * | `layer0.expand`, `layer0.contract` | `[D, 4D]`, `[4D, D]` | the feed-forward net |
 * | `layer0.gain`, `layer0.feedGain`, `gain` | `[D]` | gains of the norms before attention, net and prediction |
 *
 * @throws {InvalidOptionError} if a size is no positive integer, the heads are odd, or do not divide the width evenly.
 */
export function parameterShapes(config: TransformerConfig): Shapes {
  const { vocabularySize: V, width: D, heads, layers } = config
  requireInteger('transformer', 'config.vocabularySize', V, 1, 65_536)
  requireInteger('transformer', 'config.layers', layers, 1)
  requireInteger('transformer', 'config.context', config.context, 1)
  requireInteger('transformer', 'config.heads', heads, 2)
  if (heads % 2 !== 0) throw new InvalidOptionError('transformer', 'config.heads', 'an even number', heads)
  if (!(D >= 1 && D % (2 * heads) === 0)) {
    throw new InvalidOptionError('transformer', 'config.width', `a multiple of ${2 * heads}`, D)
  }
  for (const [k, classes] of config.controls.entries()) {
    requireInteger('transformer', `config.controls[${k}]`, classes, 1)
  }
  const classes = classCount(config)
  const ofLayers = Array.from({ length: layers }, (_, l) => {
    const name = layerName(l)
    return {
      ...(classes > 0 && { [`${name}.told`]: [classes, D] }),
      [`${name}.gain`]: [D],
      [`${name}.heads`]: [D, 3 * D],
      [`${name}.attended`]: [D, D],
      [`${name}.feedGain`]: [D],
      [`${name}.expand`]: [D, expansion * D],
      [`${name}.contract`]: [expansion * D, D]
    }
  })
  const told = classes > 0 && { told: [classes, D] }
  return Object.assign({ embedding: [V, D], ...told }, ...ofLayers, { gain: [D] }) as Shapes
}

const spread = 0.02

/**
 * Fresh weights: matrices uniform with a standard deviation of 0.02, those that end a branch smaller by the root of the number of
 * branches, what is told smaller by the root of the number of controls, nothing told to the attention, and gains of 1.
 *
 * @source Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*, §2.3
 */
export function initialWeights(config: TransformerConfig, random: SeededRandom): Weights {
  const entries = Object.entries(parameterShapes(config)).map(([name, shape]) => {
    const values = new Float32Array(sizeOf(shape))
    if (shape.length === 1) return [name, values.fill(1)] as const
    if (name.endsWith('.told')) return [name, values] as const
    const endsBranch = name.endsWith('.attended') || name.endsWith('.contract')
    const addends = endsBranch ? 2 * config.layers : name === 'told' ? config.controls.length : 1
    const bound = spread * Math.sqrt(3 / addends)
    const chance = random.fork(name)
    for (let k = 0; k < values.length; k++) values[k] = (2 * chance.next() - 1) * bound
    return [name, values] as const
  })
  return Object.fromEntries(entries)
}
