import { engine, registerBackend, removeBackend, setBackend, type Tensor } from '@tensorflow/tfjs-core'
import { NoTranslationError } from './errors.js'
import { backendName, registerKernels } from './kernels.js'
import { Recorder } from './recorder.js'
import { TraceBackend } from './trace-backend.js'
import type { Graph, TensorFunction, TensorSpec, Value } from './types.js'

/** What {@link trace} takes. */
export interface TraceOptions {
  /** Names of the inputs and of the outputs; `in0`, `in1`, … and `out0`, `out1`, … by default. */
  readonly names?: { readonly inputs?: readonly string[]; readonly outputs?: readonly string[] }
}

let current: TraceBackend | undefined

/** Runs `body` on a recording backend, and puts back what was set before, whatever happens. */
function onTraceBackend<T>(recorder: Recorder, body: (backend: TraceBackend) => T): T {
  const outer = current
  const before = outer === undefined ? engine().backendName : backendName
  const backend = new TraceBackend(recorder)
  if (outer !== undefined) removeBackend(backendName)
  const activate = (instance: TraceBackend) => {
    registerBackend(backendName, () => instance, 0)
    // Asynchronous by its type only: a backend that is made by a plain function is set at once.
    void setBackend(backendName)
  }
  activate(backend)
  current = backend
  engine().startScope()
  try {
    return body(backend)
  } finally {
    engine().endScope()
    backend.disposeTensors()
    removeBackend(backendName)
    current = outer
    if (outer !== undefined) activate(outer)
    else if (before !== undefined && before !== null) void setBackend(before)
  }
}

/**
 * Runs a function once without computing anything, and gives the graph of what it would compute. Its gradients, taken by
 * tfjs's own differentiation, are part of it like everything else.
 *
 * Constants that the function makes or captures become constants of the graph. What the function does besides calling tfjs
 * happens once, now.
 *
 * @param fn A pure function of tensors.
 * @param specs Shape and type of each of its inputs.
 * @throws {ValueAskedError} if it asks for a tensor's numbers.
 * @throws {NoTranslationError} if it uses a kernel that has no translation.
 */
export function trace(fn: TensorFunction, specs: readonly TensorSpec[], { names }: TraceOptions = {}): Graph {
  registerKernels()
  const recorder = new Recorder()
  return onTraceBackend(recorder, backend => {
    const inputs = specs.map(
      ({ shape, dtype }, k): Value => ({ name: names?.inputs?.[k] ?? `in${k}`, shape, dtype })
    )
    const results = record(
      fn,
      inputs.map(input => backend.toTensor(input))
    )
    const outputs = results.map((tensor, k): Value => {
      const value = backend.toValue(tensor)
      const output = { name: names?.outputs?.[k] ?? `out${k}`, shape: value.shape, dtype: value.dtype }
      recorder.nodes.push({ op: 'Identity', inputs: [value], outputs: [output], attributes: {} })
      return output
    })
    return { inputs, outputs, nodes: recorder.nodes }
  })
}

function record(fn: TensorFunction, inputs: readonly Tensor[]): Tensor[] {
  try {
    return fn(...inputs)
  } catch (cause) {
    const [, kernelName] =
      /Kernel '(.+)' not registered for backend/.exec((cause as Error).message ?? '') ?? []
    if (kernelName === undefined) throw cause
    throw new NoTranslationError(kernelName, { cause })
  }
}
