import { engine, type Tensor, Variable } from '@tensorflow/tfjs-core'
import { TraceError } from './errors.js'

/** The tensors that are made while a function is traced, so that none stays behind. */
export class TensorWatch {
  readonly #made = new Set<Tensor>()
  readonly #stop: () => void

  /** Begins to watch. While it lasts, variables from before can be neither assigned nor disposed. */
  constructor() {
    const tfjs = engine()
    const { trackTensor, disposeTensor } = tfjs
    // Scopes do not serve: tensors that are kept leave them.
    tfjs.trackTensor = (tensor, backend) => {
      this.#made.add(tensor)
      trackTensor.call(tfjs, tensor, backend)
    }
    tfjs.disposeTensor = tensor => {
      if (tensor instanceof Variable && !this.#made.has(tensor)) {
        throw new TraceError(
          `the function changes or disposes the variable '${tensor.name}', which a graph cannot do: ` +
            'take its value as an input and return the new one'
        )
      }
      disposeTensor.call(tfjs, tensor)
    }
    this.#stop = () => Object.assign(tfjs, { trackTensor, disposeTensor })
  }

  /** Ends it and disposes every tensor that was made, whether it was kept or not. */
  dispose(): void {
    try {
      for (const tensor of this.#made) if (!tensor.isDisposed) tensor.dispose()
    } finally {
      this.#stop()
    }
  }
}
