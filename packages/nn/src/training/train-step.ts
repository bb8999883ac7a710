import { clone, keep, type Scalar, type Tensor, valueAndGrads } from '@tensorflow/tfjs-core'
import { floatSpecs, type TrainableArchitecture } from '../architecture.js'
import {
  type NamedFunction,
  prefixed,
  type Specs,
  type Tensors,
  withPrefix
} from '../engines/named-program.js'
import { chanceOf, chanceShape, noChance } from '../tensors/chance.js'
import { registerGradients } from '../tensors/gradients.js'
import { adam, clipByGlobalNorm } from './optimizer.js'

/** What is fixed in a training step. */
export interface StepSettings {
  /** The largest joint norm of the gradients. */
  readonly maxNorm: number
  /** How much each step takes off the matrices, as a share of the learning rate. */
  readonly weightDecay: number
  /** Shares that are left out, by the names of the architecture's `dropouts`. */
  readonly dropout: Readonly<Record<string, number>>
}

/** Whether anything is left out. */
export function hasDropout({ dropout }: Pick<StepSettings, 'dropout'>): boolean {
  return Object.values(dropout).some(rate => rate > 0)
}

/**
 * The loss of a batch and its gradient with respect to every parameter; the state is carried in, not differentiated.
 *
 * @param dropout Shares that are left out, by the names of the architecture's `dropouts`.
 * @param seed The seed of what is left out, `[3]`; nothing by default.
 */
export function lossAndGradients<Config>(
  architecture: TrainableArchitecture<Config>,
  config: Config,
  parameters: Tensors,
  batch: Tensors,
  start: Tensors,
  dropout: Readonly<Record<string, number>> = {},
  seed?: Tensor
): { loss: Scalar; gradients: Record<string, Tensor>; state: Tensors } {
  registerGradients()
  const names = Object.keys(parameters)
  const chance = seed === undefined ? noChance : chanceOf(seed, dropout)
  let end: Tensors = {}
  const { value, grads } = valueAndGrads((...current: Tensor[]) => {
    const named = Object.fromEntries(names.map((name, k) => [name, current[k]!]))
    const { loss, state } = architecture.window(named, batch, start, { config, chance })
    end = Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, keep(clone(tensor))]))
    return loss
  })(names.map(name => parameters[name]!))
  const gradients = Object.fromEntries(names.map((name, k) => [name, grads[k]!]))
  return { loss: value as Scalar, gradients, state: end }
}

/**
 * One whole training step as a function of tensors: forward, back-propagation through time, clipping, Adam.
 *
 * It takes `parameter.…`, `first.…` and `second.…` (the moments), `state.…`, `batch.…`, Adam's `rate` and `correction`, `[]`, and
 * the `chance` of the step, `[3]`, if anything is left out. It gives `loss`, the gradients' `norm` before clipping, and what the
 * next step takes: parameters, moments and state.
 *
 * @param specs Those of the batch.
 * @param batch `B`.
 */
export function trainStep<Config>(
  architecture: TrainableArchitecture<Config>,
  config: Config,
  settings: StepSettings,
  specs: Specs,
  batch: number
): NamedFunction {
  const { maxNorm, weightDecay, dropout } = settings
  const parameters = floatSpecs(architecture.parameters(config))
  const state = floatSpecs(architecture.carried(config), batch)
  const scalar = { shape: [], dtype: 'float32' } as const
  const carried = [
    ...['parameter', 'first', 'second'].flatMap(group => Object.keys(prefixed(group, parameters))),
    ...Object.keys(prefixed('state', state))
  ]
  return {
    key: `train-step ${architecture.format} ${JSON.stringify([config, maxNorm, weightDecay, dropout])}`,
    inputs: {
      ...prefixed('parameter', parameters),
      ...prefixed('first', parameters),
      ...prefixed('second', parameters),
      ...prefixed('state', state),
      ...prefixed('batch', specs),
      rate: scalar,
      correction: scalar,
      ...(hasDropout(settings) && { chance: { shape: chanceShape, dtype: 'float32' } })
    },
    outputs: ['loss', 'norm', ...carried],
    compute(inputs) {
      const current = withPrefix('parameter', inputs)
      const { loss, gradients, state } = lossAndGradients(
        architecture,
        config,
        current,
        withPrefix('batch', inputs),
        withPrefix('state', inputs),
        dropout,
        inputs.chance
      )
      const names = Object.keys(current)
      const clipped = clipByGlobalNorm(
        names.map(name => gradients[name]!),
        maxNorm
      )
      const outputs: Record<string, Tensor> = { loss, norm: clipped.norm, ...prefixed('state', state) }
      for (const [k, name] of names.entries()) {
        const parameter = current[name]!
        const updated = adam(
          parameter,
          clipped.gradients[k]!,
          inputs[`first.${name}`]!,
          inputs[`second.${name}`]!,
          {
            rate: inputs.rate as Scalar,
            correction: inputs.correction as Scalar,
            weightDecay: parameter.rank > 1 ? weightDecay : 0
          }
        )
        for (const group of ['parameter', 'first', 'second'] as const)
          outputs[`${group}.${name}`] = updated[group]
      }
      return outputs
    }
  }
}
