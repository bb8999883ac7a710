import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { type HostTensor, numbers } from './kernels/generators.js'

/** One operation of a random graph. Operands are counted among the values that fit. */
export interface Step {
  readonly op: string
  readonly a: number
  readonly b: number
  readonly c: number
}

/** A random function and the numbers it is given. */
export interface RandomGraph {
  readonly inputs: readonly HostTensor[]
  readonly steps: readonly Step[]
}

type Tensors = readonly tf.Tensor[]

/** What a step makes of the values so far; nothing where none fits. */
type Operation = (values: Tensors, step: Step) => tf.Tensor | undefined

function pick(
  values: Tensors,
  n: number,
  fits: (x: tf.Tensor) => boolean = () => true
): tf.Tensor | undefined {
  const candidates = values.filter(fits)
  return candidates[n % candidates.length]
}

function broadcasts(a: tf.Tensor, b: tf.Tensor): boolean {
  const rank = Math.min(a.rank, b.rank)
  return Array.from({ length: rank }, (_, k) => [a.shape.at(-1 - k), b.shape.at(-1 - k)]).every(
    ([n, m]) => n === m || n === 1 || m === 1
  )
}

function sameShape(a: tf.Tensor, b: tf.Tensor): boolean {
  return `${a.shape}` === `${b.shape}`
}

function unary(f: (x: tf.Tensor) => tf.Tensor): Operation {
  return (values, { a }) => f(pick(values, a)!)
}

function binary(f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor, fits = broadcasts): Operation {
  return (values, step) => {
    const a = pick(values, step.a)!
    const b = pick(values, step.b, b => fits(a, b))
    return b && f(a, b)
  }
}

/** An operation along one axis of a value that has one. */
function alongAxis(f: (x: tf.Tensor, axis: number, flag: boolean) => tf.Tensor): Operation {
  return (values, { a, b, c }) => {
    const x = pick(values, a, ({ rank }) => rank > 0)
    return x && f(x, b % x.rank, c % 2 === 0)
  }
}

/** Operations that tfjs has a right gradient for; none is steep, so that rounding stays small. */
const operations: Readonly<Record<string, Operation>> = {
  abs: unary(tf.abs),
  add: binary(tf.add),
  // The sign of a zero, which may differ, does not matter here.
  atan2: binary((x, y) => tf.atan2(x, tf.add(tf.abs(y), 0.2)), sameShape),
  clip: unary(x => tf.clipByValue(x, -1.5, 1)),
  concat: (values, { a, b, c }) => {
    const x = pick(values, a, ({ rank }) => rank > 0)
    const y = x && pick(values, b, other => sameShape(x, other))!
    return x && tf.concat([x, y!], c % x.rank)
  },
  constant: binary((x, y) => tf.add(tf.mul(x, tf.ones(y.shape)), 0.5)),
  cumsum: alongAxis((x, axis, flag) => (axis === x.rank - 1 ? tf.cumsum(x, axis, flag, !flag) : tf.neg(x))),
  div: binary((x, y) => tf.div(x, tf.add(tf.abs(y), 1))),
  exp: unary(x => tf.exp(tf.minimum(x, tf.onesLike(x)))),
  gather: alongAxis((x, axis) =>
    x.shape[axis] === 0 ? tf.neg(x) : tf.gather(x, tf.tensor1d([0, x.shape[axis]! - 1, 0], 'int32'), axis)
  ),
  logSoftmax: (values, { a }) => {
    const x = pick(values, a, ({ rank, size }) => rank > 0 && size > 0)
    return x && tf.logSoftmax(x)
  },
  matMul: (values, { a, b }) => {
    const x = pick(values, a, ({ rank }) => rank === 2)
    const y = x && pick(values, b, ({ rank, shape }) => rank === 2 && shape[0] === x.shape[1])
    return y && tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D)
  },
  // ONNX Runtime's maximum may pass over what is no number.
  max: alongAxis((x, axis, keep) => tf.max(tf.where(tf.isNaN(x), tf.zerosLike(x), x), axis, keep)),
  maximum: binary(tf.maximum, sameShape),
  mean: alongAxis((x, axis, keep) => tf.mean(x, axis, keep)),
  mul: binary(tf.mul),
  pad: alongAxis((x, axis) =>
    tf.pad(x, x.shape.map((_, k) => (k === axis ? [1, 0] : [0, 1])) as [number, number][])
  ),
  relu: unary(tf.relu),
  reshape: unary(x => tf.reshape(x, [-1, ...(x.size > 0 ? [1] : [])])),
  reverse: alongAxis((x, axis) => tf.reverse(x, axis)),
  select: binary((x, y) => tf.where(tf.greater(x, 0.3), x, y), sameShape),
  sigmoid: unary(tf.sigmoid),
  slice: alongAxis((x, axis, flag) => {
    const length = x.shape[axis]!
    const begin = x.shape.map((_, k) => (k === axis && !flag ? Math.min(1, length) : 0))
    return tf.slice(
      x,
      begin,
      x.shape.map((n, k) => (k === axis && flag ? Math.max(0, n - 1) : n - begin[k]!))
    )
  }),
  softmax: (values, { a }) => {
    const x = pick(values, a, ({ rank }) => rank > 0)
    return x && tf.softmax(x)
  },
  sqrt: unary(x => tf.sqrt(tf.add(tf.abs(x), 0.1))),
  stack: binary(
    (x, y) => tf.stack([x, y]),
    (x, y) => x.rank < 3 && sameShape(x, y)
  ),
  sub: binary(tf.sub),
  sum: alongAxis((x, axis, keep) => tf.sum(x, axis, keep)),
  tanh: unary(tf.tanh),
  tile: alongAxis((x, axis) =>
    tf.tile(
      x,
      x.shape.map((_, k) => (k === axis ? 2 : 1))
    )
  ),
  total: unary(x => tf.sum(x)),
  transpose: unary(x => tf.transpose(x))
}

const largest = 200

/** All values of a graph, its inputs first. */
export function valuesOf(inputs: Tensors, steps: readonly Step[]): tf.Tensor[] {
  const values = [...inputs]
  for (const step of steps) {
    const value = operations[step.op]!(values, step)
    if (value !== undefined && value.size <= largest && value.rank <= 4) values.push(value)
  }
  return values
}

/** The last values of a graph, and the gradients of the last one's weighted sum with respect to its inputs. */
export function resultsOf({ steps }: RandomGraph, ...inputs: tf.Tensor[]): tf.Tensor[] {
  const gradients = tf.grads((...given: tf.Tensor[]) => {
    const last = valuesOf(given, steps).at(-1)!
    const weights = Float32Array.from({ length: last.size }, (_, k) => ((k * 7 + 3) % 11) / 4 - 1.2)
    const terms = given.map(x => tf.sum(tf.mul(x, 0.5))) // tfjs wants every input to have a part in the result
    return tf.addN([tf.sum(tf.mul(last, tf.tensor(weights, last.shape))), ...terms])
  })
  return [...valuesOf(inputs, steps).slice(-3), ...gradients(inputs)]
}

const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1e-30, 1e4]

const shape = fc.constantFrom<number[]>(
  [],
  [1],
  [2],
  [3],
  [3],
  [2, 3],
  [3, 2],
  [2, 3],
  [1, 3],
  [2, 1],
  [3, 3],
  [2, 2, 3],
  [0],
  [0, 3],
  [2, 0]
)

/**
 * A random input, and in it, if wanted, numbers at the edge. The others seldom add up to 0, where rounding would decide on
 * which side of a kink a gradient is taken.
 */
function input(atEdge: boolean): fc.Arbitrary<HostTensor> {
  const place = fc.integer({ min: -16, max: 16 }).map(n => n * 0.1237 + 0.0411)
  const number = atEdge
    ? fc.oneof({ weight: 4, arbitrary: place }, { weight: 1, arbitrary: fc.constantFrom(...special) })
    : place
  return shape.chain(lengths => {
    const size = lengths.reduce((total, n) => total * n, 1)
    return fc.array(number, { minLength: size, maxLength: size }).map(values => numbers(values, lengths))
  })
}

const step = fc.record({
  op: fc.constantFrom(...Object.keys(operations)),
  a: fc.nat(99),
  b: fc.nat(99),
  c: fc.nat(99)
})

/** A random graph. */
export const randomGraph: fc.Arbitrary<RandomGraph> = fc.constantFrom(false, false, true).chain(atEdge =>
  fc.record({
    inputs: fc.array(input(atEdge), { minLength: 1, maxLength: 3 }),
    steps: fc.array(step, { minLength: 3, maxLength: 14 })
  })
)
