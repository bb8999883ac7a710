import { DisposedError } from '../errors.js'
import type { OrtTensor } from './onnx-runtime.js'
import type { Handle } from './program.js'

/** A tensor of ONNX Runtime. Its memory is given back when it has been disposed and no run reads it any more. */
export class OrtHandle implements Handle {
  #disposed = false
  #readers = 0

  constructor(
    readonly tensor: OrtTensor,
    readonly events: {
      /** Called once, when the handle is disposed. */
      readonly onDispose: () => void
      /** Called once, when nothing reads the tensor any more. */
      readonly onFree: (tensor: OrtTensor) => void
    }
  ) {}

  get shape(): readonly number[] {
    return this.tensor.dims
  }

  get isDisposed(): boolean {
    return this.#disposed
  }

  /** Keeps the memory for a run that reads it. */
  hold(): void {
    this.#readers++
  }

  /** Ends what {@link hold} began. */
  release(): void {
    this.#readers--
    this.#freeIfUnused()
  }

  async read(): Promise<Float32Array | Int32Array> {
    if (this.#disposed) throw new DisposedError('read', 'the handle')
    const { type, data } = this.tensor
    return type === 'bool' ? Int32Array.from(data as Uint8Array) : (data as Float32Array).slice()
  }

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.events.onDispose()
    this.#freeIfUnused()
  }

  #freeIfUnused(): void {
    if (this.#disposed && this.#readers === 0) this.events.onFree(this.tensor)
  }
}
