import type { Engine } from '@vgm/mlstm'
import { type BackendChoice, nodeEngine } from '@vgm/mlstm/node'
import { onnxEngine, RuntimeError } from '@vgm/tfjs-onnx'
import { CommandError } from './errors.js'

/** What computes: ONNX Runtime, or a tfjs backend. `auto` takes ONNX Runtime where it loads, else WebAssembly. */
export type EngineChoice = 'onnx' | BackendChoice

/** How to add the engine that is fastest on a processor. */
export const onnxInstall = 'npm install onnxruntime-node'

/**
 * An engine, loaded on demand.
 *
 * @throws {CommandError} if ONNX Runtime is asked for and does not load.
 * @throws {BackendError} if a tfjs backend does not load.
 */
export async function openEngine(choice: EngineChoice): Promise<Engine> {
  if (choice !== 'onnx' && choice !== 'auto') return nodeEngine(choice)
  try {
    return await onnxEngine()
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    if (choice === 'auto') return nodeEngine('wasm')
    throw new CommandError(`engine 'onnx': ${error.message}`)
  }
}
