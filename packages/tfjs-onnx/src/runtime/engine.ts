import { RuntimeError } from '../errors.js'
import { writeOnnx } from '../file/onnx-file.js'
import { optimize, type PassName } from '../passes/index.js'
import { traceWith } from '../trace/trace-with-constants.js'
import type { TensorFunction, TensorSpec } from '../types.js'
import { inTurn } from './in-turn.js'
import { narrowSplits } from './narrow-splits.js'
import { loadRuntime, type OrtModule, type RuntimeName } from './onnx-runtime.js'
import { OrtProgram } from './ort-program.js'
import type { HostArray, Program } from './program.js'
import { quantizeWeights } from './quantize.js'
import { writesWhereTold } from './writes-where-told.js'

/** Options of compiling and running. */
export interface EngineOptions {
  /** ONNX Runtime, by the name of its package or as a module. Default: `onnxruntime-node`. */
  readonly runtime?: RuntimeName | OrtModule
  /**
   * ONNX Runtime's execution providers by name, in order of preference, such as `['webgpu']`; {@link listProviders} says which
   * the runtime was built for. What a provider lacks is computed on the processor. By default the processor alone.
   */
  readonly providers?: readonly string[]
  /** Threads that share an operation. By default ONNX Runtime's choice: one per core. */
  readonly threads?: number
  /**
   * `int8` rounds constant matrices of products to 8 bits per column, and what they are multiplied with to 8 bits per row, in
   * every run: two to four times as fast, with results about 1 % off. A row's result does not depend on the rows beside it.
   * It applies to the `constants` of {@link CompileOptions}. Default `f32`.
   */
  readonly precision?: 'f32' | 'int8'
  /** The graph passes to run, in this order. Default: `defaultPasses`. */
  readonly passes?: readonly PassName[]
}

/** Options of {@link Engine.compile}. */
export interface CompileOptions {
  /** The values of the first inputs, if they are the same in every run: they become part of the graph. */
  readonly constants?: readonly HostArray[]
}

/** Compiles functions to programs. It fits the `Engine` of `@vgm/nn`. */
export interface Engine {
  readonly name: string
  /** Functions are compiled as a whole: long ones are worth their while. */
  readonly compiles: true
  /** Prepares a pure function of tensors for inputs of the given shapes. */
  compile(fn: TensorFunction, specs: readonly TensorSpec[], options?: CompileOptions): Promise<Program>
  /** How many of the engine's programs and handles have not been disposed. */
  readonly alive: () => { readonly programs: number; readonly handles: number }
}

/** From so many nodes on ONNX Runtime's own passes cost more time than they save: ours have done their part. */
const largeGraph = 3000

/**
 * An engine that compiles tfjs functions, gradients and all, to graphs for ONNX Runtime.
 *
 * @throws {RuntimeError} if ONNX Runtime does not load, or has none of the `providers`.
 */
export async function onnxEngine(options: EngineOptions = {}): Promise<Engine> {
  const { runtime = 'onnxruntime-node', providers, threads, passes, precision = 'f32' } = options
  const ort = typeof runtime === 'string' ? await loadRuntime(runtime) : runtime
  const isWebGpu = providers?.includes('webgpu') ?? false
  const sessionOptions = {
    // Fatal only: errors come as exceptions, whose message is ours to print.
    logSeverityLevel: 4,
    ...(providers && { executionProviders: providers }),
    ...(threads !== undefined && { intraOpNumThreads: threads })
  }
  const pools = await inTurn(ort, () => writesWhereTold(ort, sessionOptions))
  const host = { ort, pools, alive: { programs: 0, handles: 0 } }
  return {
    name: nameOf(options),
    compiles: true,
    async compile(fn, specs, { constants = [] } = {}) {
      const traced = traceWith(fn, specs, constants)
      const optimized = optimize(precision === 'int8' ? quantizeWeights(traced, constants) : traced, passes)
      const graph = isWebGpu ? narrowSplits(optimized) : optimized
      const bytes = writeOnnx(graph)
      const level = graph.nodes.length > largeGraph ? 'disabled' : 'all'
      const session = await inTurn(ort, () =>
        ort.InferenceSession.create(bytes, { ...sessionOptions, graphOptimizationLevel: level })
      ).catch((cause: unknown) => {
        throw new RuntimeError(
          'compile',
          `ONNX Runtime does not take the graph: ${(cause as Error).message}`,
          { cause }
        )
      })
      return new OrtProgram(host, session, graph.inputs, graph.outputs)
    },
    alive: () => ({ ...host.alive })
  }
}

/** Such as `onnxruntime-node webgpu int8`: what differs from the default. */
function nameOf({ runtime = 'onnxruntime-node', providers = [], precision }: EngineOptions): string {
  const provider = providers[0] === 'cpu' ? undefined : providers[0]
  const parts = [
    typeof runtime === 'string' ? runtime : 'onnxruntime',
    provider,
    precision === 'int8' && 'int8'
  ]
  return parts.filter(Boolean).join(' ')
}

/** Compiles one function; {@link onnxEngine} is for several. */
export async function compile(
  fn: TensorFunction,
  specs: readonly TensorSpec[],
  { constants, ...options }: EngineOptions & CompileOptions = {}
): Promise<Program> {
  return (await onnxEngine(options)).compile(fn, specs, { ...(constants && { constants }) })
}
