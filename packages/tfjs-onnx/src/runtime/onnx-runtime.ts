import { RuntimeError } from '../errors.js'

/** A tensor of ONNX Runtime: the part that is used here. */
export interface OrtTensor {
  readonly type: string
  readonly data: unknown
  readonly dims: readonly number[]
}

/** A loaded graph. */
export interface OrtSession {
  /** Runs the graph; where `fetches` has a tensor, the result is written there. */
  run(
    feeds: Readonly<Record<string, OrtTensor>>,
    fetches: Readonly<Record<string, OrtTensor | null>>
  ): Promise<Readonly<Record<string, OrtTensor>>>
  /** Frees the graph. */
  release(): Promise<void>
}

/** The part of `onnxruntime-node` and `onnxruntime-web` that is used here; either fits. */
export interface OrtModule {
  readonly InferenceSession: {
    /** Loads a graph. */
    create(model: Uint8Array, options?: Readonly<Record<string, unknown>>): Promise<OrtSession>
  }
  readonly Tensor: new (type: string, data: never, dims: readonly number[]) => OrtTensor
  /** How much the runtime prints, read when it begins to work. */
  readonly env?: { logLevel?: 'verbose' | 'info' | 'warning' | 'error' | 'fatal' }
  /** The execution providers that the runtime was built for; `onnxruntime-web` does not tell. */
  readonly listSupportedBackends?: () => readonly { readonly name: string; readonly bundled: boolean }[]
}

/** The packages that bring ONNX Runtime. */
export type RuntimeName = 'onnxruntime-node' | 'onnxruntime-web'

/**
 * ONNX Runtime, loaded on demand.
 *
 * @throws {RuntimeError} saying what to install, if it does not load.
 */
export async function loadRuntime(name: RuntimeName): Promise<OrtModule> {
  try {
    const loaded: unknown =
      name === 'onnxruntime-node' ? await import('onnxruntime-node') : await import('onnxruntime-web')
    const { default: inner } = loaded as { readonly default?: OrtModule }
    const runtime = inner ?? (loaded as OrtModule)
    if (runtime.env !== undefined) runtime.env.logLevel = 'fatal'
    return runtime
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    const [line] = String(cause instanceof Error ? cause.message : cause).split('\n')
    const reason = missing ? 'is not installed' : `does not load: ${line}`
    const hint = name === 'onnxruntime-node' ? 'ONNXRUNTIME_NODE_INSTALL_CUDA=skip ' : ''
    throw new RuntimeError('onnxEngine', `${name} ${reason} (${hint}npm install ${name})`, { cause })
  }
}
