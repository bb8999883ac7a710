import { clone, keep, type Tensor, tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@vgm/base'
import { BackendError } from '../errors.js'
import { sizeOf } from '../weights.js'
import { EagerHandle } from './eager-handle.js'
import type { EagerHost } from './eager-host.js'
import type { Handle, HostArray, Program, TensorSpec, Value } from './types.js'

type TensorFunction = (...inputs: Tensor[]) => Tensor[]

function describe(spec: TensorSpec): string {
  return `${spec.dtype} [${spec.shape.join(', ')}]`
}

/** An array, copied, or a handle, if it fits the spec. */
function take(host: EagerHost, value: Value, spec: TensorSpec, index: number): Value {
  const what = `input ${index}`
  if (value instanceof EagerHandle && value.host.backend === host.backend) {
    if (value.isDisposed) throw new BackendError(host.backend, `${what}: this handle has been disposed`)
    const { shape, dtype } = value.tensor
    const fits = shape.length === spec.shape.length && shape.every((n, k) => n === spec.shape[k])
    if (fits && dtype === spec.dtype) return value
    throw new ShapeError(undefined, what, describe(spec), `${dtype} [${shape.join(', ')}]`)
  }
  if ('read' in value) throw new ShapeError(undefined, what, describe(spec), "another engine's handle")
  const ofType = spec.dtype === 'int32' ? value instanceof Int32Array : value instanceof Float32Array
  if (ofType && value.length === sizeOf(spec.shape)) return value.slice()
  throw new ShapeError(undefined, what, describe(spec), `${value.constructor.name} of ${value.length}`)
}

function toTensor(value: Value, { shape, dtype }: TensorSpec): Tensor {
  return value instanceof EagerHandle ? value.tensor : tensor(value as HostArray, [...shape], dtype)
}

const longestBlockMs = 50
let lastPause = 0

/**
 * Goes back to the event loop now and then. tfjs's synchronous backends never do by themselves: a page would freeze, and a
 * terminal's Ctrl-C go unheard, for as long as a model computes.
 */
async function pauseNowAndThen(): Promise<void> {
  if (performance.now() - lastPause < longestBlockMs) return
  await new Promise(resolve => setTimeout(resolve, 0))
  lastPause = performance.now()
}

/** A function that is called anew, op by op, in every run. */
class EagerProgram implements Program {
  #running = 0
  #disposed = false

  constructor(
    readonly host: EagerHost,
    readonly fn: TensorFunction,
    readonly specs: readonly TensorSpec[],
    /** The values of the inputs that come before those of `specs`. */
    readonly constants: readonly Tensor[]
  ) {
    host.alive.programs++
  }

  async run(inputs: readonly Value[]): Promise<readonly Handle[]> {
    const { host, specs } = this
    if (this.#disposed) throw new BackendError(host.backend, 'this program has been disposed')
    if (inputs.length !== specs.length) {
      throw new ShapeError(undefined, 'inputs', `${specs.length} values`, `${inputs.length}`)
    }
    const taken = inputs.map((value, index) => take(host, value, specs[index]!, index))
    const held = taken.filter(value => value instanceof EagerHandle)
    for (const handle of held) handle.hold()
    this.#running++
    let handles: readonly Handle[]
    try {
      const outputs = await host.compute(() => this.#apply(taken))
      handles = outputs.map(output => new EagerHandle(host, output))
    } finally {
      for (const handle of held) handle.release()
      this.#running--
      this.#freeIfUnused()
    }
    await pauseNowAndThen()
    return handles
  }

  #apply(values: readonly Value[]): Tensor[] {
    const inputs = [...this.constants, ...values.map((value, index) => toTensor(value, this.specs[index]!))]
    const owned = new Set(inputs)
    return this.fn(...inputs).map(output => {
      // A function may return one of its inputs, or a tensor twice; every handle has a value of its own.
      const own = owned.has(output) ? clone(output) : output
      owned.add(own)
      return keep(own)
    })
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.host.alive.programs--
    this.#freeIfUnused()
  }

  #freeIfUnused(): void {
    if (!this.#disposed || this.#running > 0) return
    for (const constant of this.constants) constant.dispose()
  }
}

/**
 * Prepares a function for {@link EagerHost}.
 *
 * @param constants The values of its first inputs.
 * @throws {ShapeError} if one does not fit its spec.
 */
export async function compileEager(
  host: EagerHost,
  fn: TensorFunction,
  specs: readonly TensorSpec[],
  constants: readonly HostArray[]
): Promise<Program> {
  const taken = constants.map((value, index) => take(host, value, specs[index]!, index))
  const kept = await host.compute(() => taken.map((value, index) => keep(toTensor(value, specs[index]!))))
  return new EagerProgram(host, fn, specs.slice(constants.length), kept)
}
