import { ShapeError } from '@vgm/base'

/** Shapes by name. The order of the names is that of the arrays in a file. */
export type Shapes = Readonly<Record<string, readonly number[]>>

/** A model's learned arrays by name, row-major. */
export type Weights<Name extends string = string> = Readonly<Record<Name, Float32Array>>

/** The number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** An array of zeros for each shape. */
export function zeros(shapes: Shapes, rows = 1): Record<string, Float32Array> {
  const entries = Object.entries(shapes).map(
    ([name, shape]) => [name, new Float32Array(rows * sizeOf(shape))] as const
  )
  return Object.fromEntries(entries)
}

/** The number of learned values. */
export function parameterCount(shapes: Shapes): number {
  return Object.values(shapes).reduce((total, shape) => total + sizeOf(shape), 0)
}

/**
 * The arrays that the shapes name, in their order, each checked.
 *
 * @throws {ShapeError} naming the array that is missing or has another length.
 */
export function requireWeights(weights: Weights, shapes: Shapes): Record<string, Float32Array> {
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const values = weights[name]
    const length = sizeOf(shape)
    if (values?.length === length) return [name, values] as const
    throw new ShapeError(undefined, `weights.${name}`, `${length} values`, values?.length ?? 'none')
  })
  return Object.fromEntries(entries)
}
