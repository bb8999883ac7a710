import { InvalidOptionError, ShapeError } from '@vgm/base'
import type { Specs } from '../engines/named-program.js'
import type { HostArray, TensorSpec } from '../engines/types.js'
import { sizeOf } from '../weights.js'

/**
 * What a model is told beside each token while it composes, computed from what was composed so far: the place in the bar, how
 * many bars are to come, the emotion that is wanted.
 */
export interface SideInputs<State = unknown> {
  /** The state before the first token. */
  initial(): State
  /** The state after one more token. */
  next(state: State, id: number): State
  /** What is told when the next token is to be predicted: by the name of the input, one number or a row of them. */
  values(state: State): Readonly<Record<string, number | ArrayLike<number>>>
}

/** An input that stays the same for a whole piece, such as a steering: one row for all pieces alike, or one for each. */
export interface HeldInput {
  readonly spec: TensorSpec
  readonly values: HostArray
}

/** Held inputs by name. */
export type HeldInputs = Readonly<Record<string, HeldInput>>

/**
 * Throws unless every held input has one row, or one for each piece.
 *
 * @throws {ShapeError} naming the input.
 */
export function requireHeld(caller: string, held: HeldInputs, count: number): void {
  for (const [name, { spec, values }] of Object.entries(held)) {
    const rows = spec.shape[0]
    if (rows !== 1 && rows !== count) {
      throw new ShapeError(caller, `held.${name}`, `1 or ${count} rows`, rows ?? 'none')
    }
    if (values.length !== sizeOf(spec.shape)) {
      throw new ShapeError(caller, `held.${name}`, `${sizeOf(spec.shape)} values`, values.length)
    }
  }
}

/** Held inputs for `count` of the rows, from row `first` on; rows past the last are zero. */
export function sliceHeld(held: HeldInputs, first: number, count: number): HeldInputs {
  const entries = Object.entries(held).map(([name, input]): [string, HeldInput] => {
    const [rows, ...shape] = input.spec.shape
    if (rows === 1) return [name, input]
    const width = sizeOf(shape)
    const values = input.values.slice(first * width, (first + count) * width)
    const whole =
      input.spec.dtype === 'int32' ? new Int32Array(count * width) : new Float32Array(count * width)
    whole.set(values)
    return [name, { spec: { ...input.spec, shape: [count, ...shape] }, values: whole }]
  })
  return Object.fromEntries(entries)
}

/**
 * Side inputs of several rows as arrays `[B, …]`.
 *
 * @param specs Those of one row.
 * @param rows What each row is told.
 * @param batch `B`; rows past the given ones are zero.
 * @throws {InvalidOptionError} if a row lacks an input, or has too few numbers of it.
 */
export function gatherInputs(
  specs: Specs,
  rows: readonly Readonly<Record<string, number | ArrayLike<number>>>[],
  batch: number
): Record<string, HostArray> {
  const entries = Object.entries(specs).map(([name, { shape, dtype }]) => {
    const width = sizeOf(shape)
    const array = dtype === 'int32' ? new Int32Array(batch * width) : new Float32Array(batch * width)
    for (const [row, told] of rows.entries()) {
      const value = told[name]
      const numbers = typeof value === 'number' ? [value] : value
      if (numbers?.length !== width) {
        throw new InvalidOptionError('generate', `inputs.${name}`, `${width} numbers`, numbers?.length)
      }
      array.set(numbers, row * width)
    }
    return [name, array] as const
  })
  return Object.fromEntries(entries)
}
