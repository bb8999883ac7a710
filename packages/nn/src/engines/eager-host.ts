import {
  backend as currentBackend,
  findBackend,
  getBackend,
  ready,
  setBackend,
  type Tensor,
  tidy
} from '@tensorflow/tfjs-core'
import { BackendError } from '../errors.js'

/** A started tfjs backend, and what is alive of an engine's programs and handles. */
export class EagerHost {
  readonly alive = { programs: 0, handles: 0 }

  constructor(readonly backend: string) {}

  /**
   * Computes on this backend, whichever tfjs has set. tfjs has one current backend for all, which anyone may set at any time:
   * it is set, and used, within one turn of the event loop.
   *
   * @param fn Its tensors are disposed, but for those that it returns or keeps.
   */
  async compute(fn: () => Tensor[]): Promise<Tensor[]> {
    while (!this.#select()) await ready()
    return tidy(fn)
  }

  /** Makes this backend the current one. False while another starts: tfjs computes nothing meanwhile. */
  #select(): boolean {
    const { backend: name } = this
    const backend = findBackend(name)
    if (backend === null) throw new BackendError(name, `tfjs no longer has the backend '${name}'`)
    // Asynchronous by its type only: a backend that has been started is set at once.
    if (getBackend() !== name) void setBackend(name)
    try {
      if (currentBackend() !== backend) void setBackend(name)
      return true
    } catch {
      return false
    }
  }
}
