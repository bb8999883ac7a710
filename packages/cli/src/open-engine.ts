import type { Engine } from '@vgm/nn'
import { type BackendChoice, nodeEngine } from '@vgm/nn/node'
import { onnxEngine, RuntimeError } from '@vgm/tfjs-onnx'
import { CommandError, UsageError } from './errors.js'

/** What computes: ONNX Runtime, or a tfjs backend. `auto` takes ONNX Runtime where it loads, else WebAssembly. */
export type EngineChoice = 'onnx' | BackendChoice

/** How numbers are kept while the model composes. */
export type Precision = 'f32' | 'int8'

/** How to add the engine that is fastest on a processor. */
const install = 'ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node'

/** What {@link openEngine} takes. */
export interface OpenEngineOptions {
  /** Default `f32`. */
  readonly precision?: Precision
  /** What ONNX Runtime would gain; said where it is missing. */
  readonly gain?: string
}

/**
 * An engine, loaded on demand. Where the choice is `auto` it says on standard error which one it took.
 *
 * @throws {CommandError} if ONNX Runtime is asked for and does not load.
 * @throws {UsageError} if the engine cannot compute in this precision.
 * @throws {BackendError} if a tfjs backend does not load.
 */
export async function openEngine(
  choice: EngineChoice,
  { precision = 'f32', gain }: OpenEngineOptions = {}
): Promise<Engine> {
  if (choice !== 'onnx' && choice !== 'auto') {
    if (precision === 'f32') return nodeEngine(choice)
    throw new UsageError(`--precision ${precision} needs --engine onnx, not ${choice}`)
  }
  try {
    const engine = await onnxEngine({ precision })
    if (choice === 'auto') process.stderr.write(`engine: ${engine.name}\n`)
    return engine
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    if (choice === 'onnx') throw new CommandError(`engine 'onnx': ${error.problem}`)
    if (precision !== 'f32') throw new UsageError(`--precision ${precision} needs ONNX Runtime: ${install}`)
    const engine = await nodeEngine('wasm')
    process.stderr.write(`engine: ${engine.name}${gain === undefined ? '' : `; ${gain}: ${install}`}\n`)
    return engine
  }
}
