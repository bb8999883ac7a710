import type { Tensor } from '@tensorflow/tfjs-core'
import type { SequenceConfig } from '../architecture.js'
import type { HostArray } from '../engines/types.js'
import type { HeldInputs } from '../sampling/inputs.js'
import type { Model } from '../storage/model.js'
import { requireWeights } from '../weights.js'

/** Shape and type of one input, in which a name may stand for the number of rows. */
export interface StepSpec<Rows extends number | string> {
  readonly shape: readonly (number | Rows)[]
  readonly dtype: 'float32' | 'int32'
}

/** One step of a model as a pure function of positional tensors: what there is to export. */
export interface StepFunction<Rows extends number | string> {
  /** Takes the constants, then the inputs; gives the outputs. */
  readonly fn: (...tensors: Tensor[]) => Tensor[]
  /** Those of the constants, then those of the inputs. */
  readonly specs: readonly StepSpec<Rows>[]
  /** The values of the first tensors, the same at every step: the parameters, and what is held. */
  readonly constants: readonly HostArray[]
  /** The names of the other tensors: `id`, what the model is told beside it, and the states. */
  readonly inputs: readonly string[]
  /** The names of what it gives: `logits`, `[B, V]`, and the next states, such as `h_next`. */
  readonly outputs: readonly string[]
}

/**
 * A model as one pure function: reads a token in each row and predicts the next. What an architecture prepares is written as
 * part of the function, so that a compiler works it out once.
 *
 * @param rows `B`; or its name, for a compiler that leaves it open.
 * @param held What the model is told throughout, such as a steering, with one row for all.
 * @throws {ShapeError} if a weight is missing or of another size.
 */
export function stepFunction<Config extends SequenceConfig, Rows extends number | string>(
  { architecture, config, weights }: Model<Config>,
  rows: Rows,
  held: HeldInputs = {}
): StepFunction<Rows> {
  const shapes = architecture.parameters(config)
  const parameters = requireWeights(weights, shapes)
  const states = architecture.state(config)
  const told = architecture.inputs(config)
  const inputs = ['id', ...Object.keys(told), ...Object.keys(states)]
  return {
    inputs,
    outputs: ['logits', ...Object.keys(states).map(name => `${name}_next`)],
    constants: [...Object.values(parameters), ...Object.values(held).map(({ values }) => values)],
    specs: [
      ...Object.values(shapes).map(shape => ({ shape, dtype: 'float32' }) as const),
      ...Object.values(held).map(({ spec }) => spec),
      { shape: [rows], dtype: 'int32' },
      ...Object.values(told).map(({ shape, dtype }) => ({ shape: [rows, ...shape], dtype })),
      ...Object.values(states).map(shape => ({ shape: [rows, ...shape], dtype: 'float32' }) as const)
    ],
    fn(...tensors) {
      let end = 0
      const take = (names: readonly string[]) =>
        Object.fromEntries(names.map(name => [name, tensors[end++]!]))
      const given = take(Object.keys(parameters))
      const beside = take([...Object.keys(held), 'id', ...Object.keys(told)])
      const state = take(Object.keys(states))
      const tables = { ...given, ...architecture.prepared?.compute(given) }
      const step = architecture.step(tables, beside, state, config)
      const whole = { ...state, ...step.state }
      const next = architecture.settling?.settle(whole, config) ?? whole
      return [step.logits(), ...Object.keys(states).map(name => next[name]!)]
    }
  }
}
