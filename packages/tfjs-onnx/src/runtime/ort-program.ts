import { ShapeError } from '@vgm/base'
import { DisposedError, RuntimeError } from '../errors.js'
import { describeShape, sameShape, sizeOf } from '../shapes.js'
import type { TensorSpec, Value } from '../types.js'
import { inTurn } from './in-turn.js'
import type { OrtModule, OrtSession, OrtTensor } from './onnx-runtime.js'
import { OrtHandle } from './ort-handle.js'
import { OutputPool } from './output-pool.js'
import type { Handle, Input, Program } from './program.js'

const arrayKinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** How many programs and handles of an engine have not been disposed. */
interface Alive {
  programs: number
  handles: number
}

/** Shared by the programs of one engine. */
export interface Host {
  readonly ort: OrtModule
  /** Whether the runtime writes results where it is told to. */
  readonly pools: boolean
  readonly alive: Alive
}

/** A session with named inputs and outputs as a function of a list. */
export class OrtProgram implements Program {
  readonly #host: Host
  readonly #session: OrtSession
  readonly #pool: OutputPool
  #running = 0
  #disposed = false

  constructor(
    host: Host,
    session: OrtSession,
    readonly inputs: readonly Value[],
    readonly outputs: readonly Value[]
  ) {
    this.#host = host
    this.#session = session
    this.#pool = new OutputPool(outputs.length)
    host.alive.programs++
  }

  /** How many disposed results' memory is kept for later runs. */
  get pooled(): number {
    return this.#pool.size
  }

  #toTensor(value: Input, index: number): OrtTensor {
    const spec = this.inputs[index]! as TensorSpec & Value
    const what = `input ${index}`
    if (value instanceof OrtHandle) {
      const { type, dims } = value.tensor
      if (value.isDisposed) throw new DisposedError('run', what)
      if (type === spec.dtype && sameShape(dims, spec.shape)) return value.tensor
      throw new ShapeError('run', what, describeShape(spec), describeShape({ dtype: type, shape: dims }))
    }
    if ('read' in value) throw new ShapeError('run', what, describeShape(spec), "another engine's handle")
    if (value instanceof arrayKinds[spec.dtype] && value.length === sizeOf(spec.shape)) {
      // A copy: runtimes read their inputs in a later turn of the event loop.
      return new this.#host.ort.Tensor(spec.dtype, value.slice() as never, spec.shape)
    }
    throw new ShapeError('run', what, describeShape(spec), `${value.constructor.name} of ${value.length}`)
  }

  async run(inputs: readonly Input[]): Promise<readonly Handle[]> {
    if (this.#disposed) throw new DisposedError('run', 'the program')
    if (inputs.length !== this.inputs.length) {
      throw new ShapeError('run', 'inputs', `${this.inputs.length} values`, `${inputs.length}`)
    }
    const feeds = Object.fromEntries(
      inputs.map((input, k) => [this.inputs[k]!.name, this.#toTensor(input, k)])
    )
    const handles = inputs.filter(input => input instanceof OrtHandle)
    for (const handle of handles) handle.hold()
    this.#running++
    try {
      const results = await inTurn(this.#host.ort, () => this.#session.run(feeds, this.#takeFetches()))
      return this.outputs.map(({ name }, k) => this.#toHandle(results[name]!, k))
    } catch (cause) {
      throw new RuntimeError('run', `ONNX Runtime: ${(cause as Error).message}`, { cause })
    } finally {
      for (const handle of handles) handle.release()
      this.#running--
      if (this.#disposed) this.#freeIfIdle()
    }
  }

  #takeFetches(): Record<string, OrtTensor | null> {
    return Object.fromEntries(this.outputs.map(({ name }, k) => [name, this.#pool.take(k) ?? null]))
  }

  #toHandle(tensor: OrtTensor, output: number): OrtHandle {
    const { alive, pools } = this.#host
    alive.handles++
    return new OrtHandle(tensor, {
      onDispose: () => alive.handles--,
      onFree: tensor => {
        if (pools && !this.#disposed) this.#pool.put(tensor, output)
      }
    })
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.#host.alive.programs--
    this.#pool.clear()
    this.#freeIfIdle()
  }

  #freeIfIdle(): void {
    if (this.#running === 0) void inTurn(this.#host.ort, () => this.#session.release())
  }
}
