import fc from 'fast-check'
import type { TensorSpec } from '../../src/types.js'

/** A tensor of the host: what a case is given. */
export interface HostTensor extends TensorSpec {
  readonly data: Float32Array | Int32Array | Uint8Array
}

/** How a random tensor is drawn. */
export interface Draw {
  readonly dtype?: TensorSpec['dtype']
  readonly min?: number
  readonly max?: number
  /** How far numbers lie apart, for ties; finer than any test sees by default. Integers lie 1 apart. */
  readonly step?: number
}

const kinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** Numbers from `min` to `max`. */
export function tensor(
  shape: readonly number[],
  { dtype = 'float32', min = dtype === 'bool' ? 0 : -3, max = dtype === 'bool' ? 1 : 3, step = 0 }: Draw = {}
): fc.Arbitrary<HostTensor> {
  const size = shape.reduce((total, n) => total * n, 1)
  const apart = dtype === 'float32' ? step || (max - min) / 997 : 1
  return fc
    .array(fc.integer({ min: 0, max: Math.floor((max - min) / apart) }), { minLength: size, maxLength: size })
    .map(places =>
      numbers(
        places.map(place => min + place * apart),
        shape,
        dtype
      )
    )
}

/** A shape of `minRank` to `maxRank` short axes. */
export function shapes(minRank = 0, maxRank = 3, maxLength = 4): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: maxLength }), { minLength: minRank, maxLength: maxRank })
}

/** One tensor of a random shape. */
export function anyTensor(draw: Draw = {}, minRank = 0, maxRank = 3): fc.Arbitrary<readonly HostTensor[]> {
  return shapes(minRank, maxRank).chain(shape => tensor(shape, draw).map(x => [x]))
}

/** Tensors of these shapes. */
export function tensors(
  list: readonly (readonly number[])[],
  ...draws: readonly Draw[]
): fc.Arbitrary<readonly HostTensor[]> {
  return fc.tuple(...list.map((shape, k) => tensor(shape, draws[k] ?? draws[0])))
}

/** Tensors of one random shape. */
export function alike(...draws: readonly Draw[]): fc.Arbitrary<readonly HostTensor[]> {
  return shapes().chain(shape => fc.tuple(...draws.map(draw => tensor(shape, draw))))
}

/** Tensors whose shapes broadcast: axes of length 1 and axes that are missing at the front. */
export function broadcasting(...draws: readonly Draw[]): fc.Arbitrary<readonly HostTensor[]> {
  const narrowed = (shape: readonly number[]) =>
    fc
      .tuple(
        fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
        fc.nat(shape.length)
      )
      .map(([ones, missing]) => shape.map((n, k) => (ones[k] ? 1 : n)).slice(missing))
  return shapes(0, 3).chain(shape =>
    fc.tuple(...draws.map(draw => narrowed(shape).chain(part => tensor(part, draw))))
  )
}

/** Given numbers. */
export function numbers(
  values: readonly number[],
  shape: readonly number[] = [values.length],
  dtype: TensorSpec['dtype'] = 'float32'
): HostTensor {
  return { shape, dtype, data: kinds[dtype].from(values) }
}
