import { RuntimeError, ShapeError, TfjsOnnxError } from './errors.js'
import type { OrtModule, OrtSession, OrtTensor } from './runtime.js'
import { describeShape, sameShape, sizeOf } from './shapes.js'
import type { TensorSpec, Value } from './types.js'

/** A numeric array in the host's memory. Booleans are bytes. */
export type HostArray = Float32Array | Int32Array | Uint8Array

/** A value that the runtime holds. Whoever has it disposes it. */
export interface Handle {
  readonly shape: readonly number[]
  /** Copies the value to the host. */
  read(): Promise<Float32Array | Int32Array>
  /** Gives the value's memory back; a second call does nothing. */
  dispose(): void
}

/** What a program accepts: an array of the host, or a handle that a program gave. Neither is changed. */
export type Input = HostArray | Handle

/** A compiled function. */
export interface Program {
  /**
   * Runs once.
   *
   * @param inputs One value for each input that is not a constant.
   * @returns New handles, the caller's to dispose.
   * @throws {ShapeError} if an input does not fit its spec.
   */
  run(inputs: readonly Input[]): Promise<readonly Handle[]>
  /** Frees the graph; a second call does nothing. */
  dispose(): void
}

class OrtHandle implements Handle {
  #disposed = false

  constructor(
    readonly tensor: OrtTensor,
    /** Takes the tensor's memory back. */
    readonly recycle: (tensor: OrtTensor) => void
  ) {}

  get shape(): readonly number[] {
    return this.tensor.dims
  }

  get isDisposed(): boolean {
    return this.#disposed
  }

  async read(): Promise<Float32Array | Int32Array> {
    if (this.#disposed) throw new TfjsOnnxError('disposed', 'this handle has been disposed')
    return (this.tensor.data as Float32Array).slice()
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.recycle(this.tensor)
  }
}

const arrayKinds = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** A session with named inputs and outputs as a function of a list. */
export class OrtProgram implements Program {
  #session: OrtSession | undefined
  /** Per output, memory that was given back: the runtime writes there instead of allocating. */
  readonly #free: OrtTensor[][]

  constructor(
    readonly ort: OrtModule,
    session: OrtSession,
    readonly inputs: readonly Value[],
    readonly outputs: readonly Value[]
  ) {
    this.#session = session
    this.#free = outputs.map(() => [])
  }

  #toTensor(value: Input, index: number): OrtTensor {
    const spec = this.inputs[index]! as TensorSpec & Value
    const what = `input ${index}`
    if (value instanceof OrtHandle) {
      const { type, dims } = value.tensor
      if (value.isDisposed) throw new TfjsOnnxError('disposed', `${what}: this handle has been disposed`)
      if (type === spec.dtype && sameShape(dims, spec.shape)) return value.tensor
      throw new ShapeError(what, describeShape(spec), describeShape({ dtype: type, shape: dims }))
    }
    if ('read' in value) throw new ShapeError(what, describeShape(spec), "another engine's handle")
    if (value instanceof arrayKinds[spec.dtype] && value.length === sizeOf(spec.shape)) {
      return new this.ort.Tensor(spec.dtype, value as never, spec.shape)
    }
    throw new ShapeError(what, describeShape(spec), `${value.constructor.name} of ${value.length}`)
  }

  async run(inputs: readonly Input[]): Promise<readonly Handle[]> {
    const session = this.#session
    if (session === undefined) throw new TfjsOnnxError('disposed', 'this program has been disposed')
    if (inputs.length !== this.inputs.length) {
      throw new ShapeError('inputs', `${this.inputs.length} values`, `${inputs.length}`)
    }
    const feeds = Object.fromEntries(
      inputs.map((input, k) => [this.inputs[k]!.name, this.#toTensor(input, k)])
    )
    const fetches = Object.fromEntries(
      this.outputs.map(({ name }, k) => [name, this.#free[k]!.pop() ?? null])
    )
    const results = await session.run(feeds, fetches).catch((cause: unknown) => {
      throw new RuntimeError(`ONNX Runtime: ${(cause as Error).message}`, { cause })
    })
    return this.outputs.map(
      ({ name }, k) => new OrtHandle(results[name]!, tensor => this.#recycle(tensor, k))
    )
  }

  #recycle(tensor: OrtTensor, index: number): void {
    if (this.#session !== undefined) this.#free[index]!.push(tensor)
  }

  dispose(): void {
    void this.#session?.release()
    this.#session = undefined
    for (const free of this.#free) free.length = 0
  }
}
