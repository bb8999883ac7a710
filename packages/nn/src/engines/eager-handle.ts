import type { Tensor } from '@tensorflow/tfjs-core'
import { BackendError } from '../errors.js'
import type { EagerHost } from './eager-host.js'
import type { Handle, HostArray } from './types.js'

/** A tensor of tfjs. Its memory is given back when it has been disposed and no run reads it any more. */
export class EagerHandle implements Handle {
  #disposed = false
  #readers = 0

  constructor(
    readonly host: EagerHost,
    readonly tensor: Tensor
  ) {
    host.alive.handles++
  }

  get shape(): readonly number[] {
    return this.tensor.shape
  }

  get isDisposed(): boolean {
    return this.#disposed
  }

  async read(): Promise<HostArray> {
    if (this.#disposed) throw new BackendError(this.host.backend, 'this handle has been disposed')
    // The cpu backend hands out the tensor's own memory.
    return (await this.tensor.data()).slice() as HostArray
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

  dispose(): void {
    if (this.#disposed) return
    this.#disposed = true
    this.host.alive.handles--
    this.#freeIfUnused()
  }

  #freeIfUnused(): void {
    if (this.#disposed && this.#readers === 0) this.tensor.dispose()
  }
}
