import { engine, type Tensor, Variable, version_core } from '@tensorflow/tfjs-core'
import { TraceError } from '../errors.js'

/** The version of tfjs that this was tested with. */
const testedVersion = '4.22'

/** The tensors that are made while a function is traced, so that none stays behind. */
export class TensorWatch {
  readonly #made = new Set<Tensor>()
  readonly #stop: () => void

  /** Begins to watch. While it lasts, variables from before can be neither assigned nor disposed. */
  constructor() {
    const tfjs = engine()
    const { trackTensor, disposeTensor } = tfjs
    requireMethods({ trackTensor, disposeTensor })
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

/** Checks that tfjs's engine still has methods that are none of its public face. */
function requireMethods(methods: Readonly<Record<string, unknown>>): void {
  const [missing] = Object.entries(methods).find(([, method]) => typeof method !== 'function') ?? []
  if (missing === undefined) return
  throw new TraceError(
    `expected @tensorflow/tfjs-core ${testedVersion}, whose engine has ${missing}(), got version ${version_core}`
  )
}
