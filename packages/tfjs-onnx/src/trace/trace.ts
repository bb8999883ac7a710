import { engine, registerBackend, removeBackend, setBackend, Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@vgm/base'
import { NoTranslationError, TraceError } from '../errors.js'
import type { Graph, TensorFunction, TensorSpec, Value } from '../types.js'
import { backendName, registerKernels } from './kernels.js'
import { Recorder } from './recorder.js'
import { TraceBackend } from './trace-backend.js'
import { TensorWatch } from './watch-tensors.js'

/** Options of {@link trace}. */
export interface TraceOptions {
  /** Names of the inputs and of the outputs, each of its own; `in0`, `in1`, … and `out0`, `out1`, … by default. */
  readonly names?: { readonly inputs?: readonly string[]; readonly outputs?: readonly string[] }
}

let current: TraceBackend | undefined

function activate(backend: TraceBackend): void {
  registerBackend(backendName, () => backend, 0)
  // Asynchronous by its type only: a backend that is made by a plain function is set at once.
  void setBackend(backendName)
}

/** Runs `body` on a recording backend, and puts back what was set before, whatever happens. */
function onTraceBackend<T>(backend: TraceBackend, body: () => T): T {
  const watch = new TensorWatch()
  const outer = current
  const before = engine().backendName
  if (outer !== undefined) removeBackend(backendName)
  activate(backend)
  current = backend
  engine().startScope()
  try {
    return body()
  } finally {
    engine().endScope()
    watch.dispose()
    removeBackend(backendName)
    current = outer
    if (outer !== undefined) activate(outer)
    else if (before) void setBackend(before)
  }
}

/**
 * Runs a function once without computing anything, and gives the graph of what it would compute. Its gradients, taken by
 * tfjs's own differentiation, are part of it like everything else.
 *
 * Constants that the function makes or captures become constants of the graph. What the function does besides calling tfjs
 * happens once, now: random numbers, too, are drawn once.
 *
 * @param fn A pure function of tensors.
 * @param specs Shape and type of each of its inputs.
 * @throws {ShapeError} if a spec has no valid shape or type.
 * @throws {ValueAskedError} if it asks for a tensor's numbers.
 * @throws {NoTranslationError} if it uses a kernel that has no translation.
 * @throws {TraceError} if it gives something else than tensors, or changes a variable.
 */
export function trace(fn: TensorFunction, specs: readonly TensorSpec[], { names }: TraceOptions = {}): Graph {
  for (const [k, spec] of specs.entries()) checkSpec(spec, `input ${k}`)
  registerKernels()
  const inputs = specs.map(
    ({ shape, dtype }, k): Value => ({ name: names?.inputs?.[k] ?? `in${k}`, shape: [...shape], dtype })
  )
  const recorder = new Recorder([...inputs.map(({ name }) => name), ...(names?.outputs ?? [])])
  const backend = new TraceBackend(recorder)
  return onTraceBackend(backend, () => {
    const results = record(
      fn,
      inputs.map(input => backend.toTensor(input))
    )
    if (backend.asked !== undefined) throw backend.asked
    const outputs = checkResults(results).map((tensor, k): Value => {
      const value = backend.toValue(tensor)
      const output = { name: names?.outputs?.[k] ?? `out${k}`, shape: value.shape, dtype: value.dtype }
      recorder.nodes.push({ op: 'Identity', inputs: [value], outputs: [output], attributes: {} })
      return output
    })
    return { inputs, outputs, nodes: recorder.nodes }
  })
}

function checkSpec({ shape, dtype }: TensorSpec, value: string): void {
  if (!Array.isArray(shape) || !shape.every(n => Number.isSafeInteger(n) && n >= 0)) {
    throw new ShapeError('trace', value, 'a shape of integers from 0 up', JSON.stringify(shape))
  }
  if (!['float32', 'int32', 'bool'].includes(dtype)) {
    throw new ShapeError('trace', value, 'float32, int32 or bool', `${dtype}`)
  }
}

function describe(result: unknown): string {
  return result instanceof Tensor ? 'a tensor' : result instanceof Promise ? 'a promise' : `${result}`
}

/** The results of a function, checked to be tensors. */
function checkResults(results: unknown): readonly Tensor[] {
  if (!Array.isArray(results) || results.length === 0) {
    const received = Array.isArray(results) ? 'an empty one' : describe(results)
    throw new TraceError(`expected the function to return an array of tensors, got ${received}`)
  }
  for (const [k, result] of results.entries()) {
    if (!(result instanceof Tensor)) {
      throw new TraceError(`expected result ${k} of the function to be a tensor, got ${describe(result)}`)
    }
  }
  return results
}

function record(fn: TensorFunction, inputs: readonly Tensor[]): unknown {
  try {
    const results: unknown = fn(...inputs)
    if (results instanceof Promise) results.catch(() => {}) // refused below; nobody waits for it
    return results
  } catch (cause) {
    const [, kernelName] =
      /Kernel '(.+)' not registered for backend/.exec((cause as Error)?.message ?? '') ?? []
    if (kernelName === undefined) throw cause
    throw new NoTranslationError(kernelName, { cause })
  }
}
