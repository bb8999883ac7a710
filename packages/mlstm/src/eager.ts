import { clone, getBackend, keep, ready, setBackend, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core'
import { BackendError, ShapeError } from './errors.js'
import { sizeOf } from './parameters.js'
import type { Engine, Handle, HostArray, Program, TensorSpec, Value } from './types.js'

class EagerHandle implements Handle {
  constructor(readonly tensor: Tensor) {}

  get shape(): readonly number[] {
    return this.tensor.shape
  }

  async read(): Promise<HostArray> {
    // The cpu backend hands out the tensor's own memory.
    return (await this.tensor.data()).slice() as HostArray
  }

  dispose(): void {
    if (!this.tensor.isDisposed) this.tensor.dispose()
  }
}

function describe(spec: TensorSpec): string {
  return `${spec.dtype} [${spec.shape.join(', ')}]`
}

function toTensor(value: Value, spec: TensorSpec, index: number): Tensor {
  if (value instanceof EagerHandle) {
    const { shape, dtype } = value.tensor
    const fits = shape.length === spec.shape.length && shape.every((n, k) => n === spec.shape[k])
    if (fits && dtype === spec.dtype) return value.tensor
    throw new ShapeError(`input ${index}`, describe(spec), `${dtype} [${shape.join(', ')}]`)
  }
  if ('read' in value) throw new ShapeError(`input ${index}`, describe(spec), "another engine's handle")
  const ofType = spec.dtype === 'int32' ? value instanceof Int32Array : value instanceof Float32Array
  if (ofType && value.length === sizeOf(spec.shape)) {
    // A copy: tfjs would go on using the caller's array.
    return tensor(value.slice(), [...spec.shape], spec.dtype)
  }
  throw new ShapeError(`input ${index}`, describe(spec), `${value.constructor.name} of ${value.length}`)
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

class EagerProgram implements Program {
  #disposed = false

  constructor(
    readonly backend: string,
    readonly fn: (...inputs: Tensor[]) => Tensor[],
    readonly specs: readonly TensorSpec[],
    /** The values of the inputs that come before those of `specs`. */
    readonly constants: readonly Tensor[]
  ) {}

  async run(inputs: readonly Value[]): Promise<readonly Handle[]> {
    if (this.#disposed) throw new BackendError(this.backend, 'this program has been disposed')
    if (inputs.length !== this.specs.length) {
      throw new ShapeError('inputs', `${this.specs.length} values`, `${inputs.length}`)
    }
    await pauseNowAndThen()
    if (getBackend() !== this.backend) await setBackend(this.backend)
    const outputs = tidy(() => {
      const tensors = inputs.map((value, index) => toTensor(value, this.specs[index]!, index))
      const given = new Set([...this.constants, ...tensors])
      // A function may return one of its inputs; the caller still gets a value of its own.
      return this.fn(...this.constants, ...tensors).map(output =>
        keep(given.has(output) ? clone(output) : output)
      )
    })
    return outputs.map(output => new EagerHandle(output))
  }

  dispose(): void {
    this.#disposed = true
    for (const constant of this.constants) if (!constant.isDisposed) constant.dispose()
  }
}

/**
 * An engine that runs functions op by op on a tfjs backend.
 *
 * @param backend A registered backend's name; by default the one that tfjs has set.
 * @throws {BackendError} if no such backend is registered or it does not start.
 */
export async function eager(backend?: string): Promise<Engine> {
  if (backend !== undefined && getBackend() !== backend) {
    const started = await setBackend(backend).catch(() => false)
    if (!started)
      throw new BackendError(backend, `tfjs has no working backend '${backend}': import its package first`)
  }
  await ready().catch((cause: unknown) => {
    const message = 'tfjs has no backend: import one first, for example @tensorflow/tfjs-backend-wasm'
    throw new BackendError('none', message, { cause })
  })
  const name = getBackend()
  return {
    name: `tfjs-${name}`,
    async compile(fn, specs, { constants = [] } = {}) {
      if (getBackend() !== name) await setBackend(name)
      const kept = tidy(() => constants.map((value, k) => toTensor(value, specs[k]!, k)).map(keep))
      return new EagerProgram(name, fn, specs.slice(constants.length), kept)
    }
  }
}
