import type { Engine } from '@vgm/nn'
import { type BackendChoice, nodeEngine } from '@vgm/nn/node'
import { listProviders, onnxEngine, RuntimeError } from '@vgm/tfjs-onnx'
import { CommandError, UsageError } from '../terminal/errors.js'

/** What ONNX Runtime computes on besides the processor, and what each needs. */
export const hardwareNeeds = {
  webgpu: 'a graphics driver: Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows',
  cuda: 'Linux, an NVIDIA driver, CUDA 12 with cuDNN 9, and onnxruntime-node installed without ONNXRUNTIME_NODE_INSTALL_CUDA=skip',
  coreml: 'macOS',
  dml: 'Windows with DirectX 12'
} as const
export type Hardware = keyof typeof hardwareNeeds
const hardware = Object.keys(hardwareNeeds) as Hardware[]

/**
 * What computes: ONNX Runtime on the processor or on other hardware, or a tfjs backend. `auto` takes ONNX Runtime on the
 * processor where it loads, else WebAssembly.
 */
export type EngineChoice = 'onnx' | `onnx-${Hardware}` | BackendChoice

/** How numbers are kept while the model composes. */
export type Precision = 'f32' | 'int8'

/** How to add the engine that is fastest on a processor. */
const install = 'ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node'

/** Options of {@link openEngine}. */
export interface OpenEngineOptions {
  /** Default `f32`. */
  readonly precision?: Precision
  /** What ONNX Runtime would gain, for the hint where it is missing. */
  readonly gain?: string
}

/**
 * An engine, loaded on demand. Where the choice is `auto`, a line on standard error says which one it is.
 *
 * @throws {CommandError} if ONNX Runtime is asked for and does not load, or not on this hardware.
 * @throws {UsageError} if the engine cannot compute in this precision.
 * @throws {BackendError} if a tfjs backend does not load.
 */
export async function openEngine(
  choice: EngineChoice,
  { precision = 'f32', gain }: OpenEngineOptions = {}
): Promise<Engine> {
  const device = hardware.find(name => choice === `onnx-${name}`)
  if (precision !== 'f32' && choice !== 'onnx' && choice !== 'auto') {
    throw new UsageError(`--precision ${precision} needs --engine onnx, not ${choice}`)
  }
  if (device !== undefined) return hardwareEngine(device)
  if (choice !== 'onnx' && choice !== 'auto') return nodeEngine(choice as BackendChoice)
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

/** ONNX Runtime on other hardware than the processor. */
async function hardwareEngine(name: Hardware): Promise<Engine> {
  try {
    const offered = await listHardware()
    if (!offered.includes(name)) {
      const has = offered.map(each => `onnx-${each}`).join(', ') || 'the processor only'
      throw new CommandError(
        `engine 'onnx-${name}': ${name} needs ${hardwareNeeds[name]}; ONNX Runtime here has ${has}`
      )
    }
    return await onnxEngine({ providers: [name] })
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    throw new CommandError(`engine 'onnx-${name}': ${error.problem}; ${name} needs ${hardwareNeeds[name]}`)
  }
}

/**
 * The hardware that the installed ONNX Runtime was built for, whether this machine has it or not.
 *
 * @throws {RuntimeError} if ONNX Runtime does not load.
 */
export async function listHardware(): Promise<Hardware[]> {
  const providers = (await listProviders()) ?? []
  return hardware.filter(name => providers.some(provider => provider.name === name))
}
