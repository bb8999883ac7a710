import type { OrtTensor } from './onnx-runtime.js'

/** Tensors kept for each output: those of one run while another run's are alive, and of one more. */
const keptPerOutput = 2

/** Memory of disposed results, by output: the runtime writes there instead of allocating. */
export class OutputPool {
  readonly #free: OrtTensor[][]

  constructor(outputs: number) {
    this.#free = Array.from({ length: outputs }, () => [])
  }

  /** How many tensors are kept. */
  get size(): number {
    return this.#free.reduce((total, { length }) => total + length, 0)
  }

  /** Memory for the next result of an output, if there is any. */
  take(output: number): OrtTensor | undefined {
    return this.#free[output]!.pop()
  }

  /** Keeps a result's memory, or leaves it to the garbage collector if there is enough. */
  put(tensor: OrtTensor, output: number): void {
    const free = this.#free[output]!
    if (free.length < keptPerOutput) free.push(tensor)
  }

  clear(): void {
    for (const free of this.#free) free.length = 0
  }
}
