import { RuntimeError, ShapeError } from './errors.js'
import { writeOnnx } from './onnx-file.js'
import { optimize, type PassName } from './passes/index.js'
import { type HostArray, OrtProgram, type Program } from './program.js'
import { loadRuntime, type OrtModule, type RuntimeName } from './runtime.js'
import { sizeOf } from './shapes.js'
import { trace } from './trace.js'
import type { TensorFunction, TensorSpec } from './types.js'

/** How functions are compiled and run. */
export interface EngineOptions {
  /** Where ONNX Runtime comes from. Default: `onnxruntime-node`. */
  readonly runtime?: RuntimeName | OrtModule
  /** Threads that share an operation. By default ONNX Runtime's choice: one per core. */
  readonly threads?: number
  /** Which graph passes run. Default: all. */
  readonly passes?: readonly PassName[]
}

/** What {@link Engine.compile} takes besides the function. */
export interface CompileOptions {
  /** The values of the first inputs, if they are the same in every run: they become part of the graph. */
  readonly constants?: readonly HostArray[]
}

/** Compiles functions to programs. `@vgm/mlstm`'s `Engine` is this. */
export interface Engine {
  readonly name: string
  compile(fn: TensorFunction, specs: readonly TensorSpec[], options?: CompileOptions): Promise<Program>
}

/** The graph of a function whose first inputs are constants. */
function traceWith(
  fn: TensorFunction,
  specs: readonly TensorSpec[],
  constants: readonly HostArray[]
): ReturnType<typeof trace> {
  for (const [k, { shape }] of specs.slice(0, constants.length).entries()) {
    const { length } = constants[k]!
    if (length !== sizeOf(shape))
      throw new ShapeError(`constant ${k}`, `${sizeOf(shape)} numbers`, `${length}`)
  }
  const graph = trace(fn, specs)
  const values = new Map(
    graph.inputs.slice(0, constants.length).map((input, k) => [input, { ...input, data: constants[k]! }])
  )
  return {
    inputs: graph.inputs.slice(constants.length),
    outputs: graph.outputs,
    nodes: graph.nodes.map(node => ({
      ...node,
      inputs: node.inputs.map(input => values.get(input) ?? input)
    }))
  }
}

/**
 * An engine that compiles tfjs functions, gradients and all, to graphs for ONNX Runtime.
 *
 * @throws {RuntimeError} if ONNX Runtime does not load.
 */
export async function onnxEngine(options: EngineOptions = {}): Promise<Engine> {
  const { runtime = 'onnxruntime-node', threads, passes } = options
  const ort = typeof runtime === 'string' ? await loadRuntime(runtime) : runtime
  return {
    name: typeof runtime === 'string' ? runtime : 'onnxruntime',
    async compile(fn, specs, { constants = [] } = {}) {
      const graph = optimize(traceWith(fn, specs, constants), passes)
      const session = await ort.InferenceSession.create(writeOnnx(graph), {
        logSeverityLevel: 3,
        graphOptimizationLevel: 'all',
        ...(threads !== undefined && { intraOpNumThreads: threads })
      }).catch((cause: unknown) => {
        throw new RuntimeError(`ONNX Runtime does not take the graph: ${(cause as Error).message}`, { cause })
      })
      return new OrtProgram(ort, session, graph.inputs, graph.outputs)
    }
  }
}

/** Compiles one function; {@link onnxEngine} is for several. */
export async function compile(
  fn: TensorFunction,
  specs: readonly TensorSpec[],
  { constants, ...options }: EngineOptions & CompileOptions = {}
): Promise<Program> {
  return (await onnxEngine(options)).compile(fn, specs, { ...(constants && { constants }) })
}
