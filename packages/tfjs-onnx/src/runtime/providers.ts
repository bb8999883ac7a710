import { loadRuntime, type OrtModule, type RuntimeName } from './onnx-runtime.js'

/** An execution provider of ONNX Runtime: what it computes on. */
export interface ProviderInfo {
  /** As `providers` of an engine takes it: `cpu`, `webgpu`, `cuda`, `dml`, `coreml` … */
  readonly name: string
  /** Whether its library is part of the package; others are downloaded when the package is installed. */
  readonly bundled: boolean
}

/**
 * The execution providers that an installed ONNX Runtime was built for, whether this machine has what they need or not.
 *
 * @param runtime Default: `onnxruntime-node`.
 * @returns Nothing, where the runtime does not tell, as `onnxruntime-web`.
 * @throws {RuntimeError} if ONNX Runtime does not load.
 */
export async function listProviders(
  runtime: RuntimeName | OrtModule = 'onnxruntime-node'
): Promise<readonly ProviderInfo[] | undefined> {
  const ort = typeof runtime === 'string' ? await loadRuntime(runtime) : runtime
  return ort.listSupportedBackends?.().map(({ name, bundled }) => ({ name, bundled }))
}
