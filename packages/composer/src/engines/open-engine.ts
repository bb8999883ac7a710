import type { Engine } from '@vgm/nn'
import { type BackendChoice, nodeEngine } from '@vgm/nn/node'
import { listProviders, onnxEngine, RuntimeError } from '@vgm/tfjs-onnx'
import { EngineError, PrecisionError } from './errors.js'

/** What ONNX Runtime computes on besides the processor, and what each needs. */
const hardwareNeeds = {
  webgpu: 'a graphics driver: Vulkan on Linux, Metal on macOS, Direct3D 12 on Windows',
  cuda: 'Linux, an NVIDIA driver, CUDA 12 with cuDNN 9, and onnxruntime-node installed without ONNXRUNTIME_NODE_INSTALL_CUDA=skip',
  coreml: 'macOS',
  dml: 'Windows with DirectX 12'
} as const

/** Hardware that ONNX Runtime computes on. */
export type Hardware = keyof typeof hardwareNeeds
const hardware = Object.keys(hardwareNeeds) as Hardware[]

/**
 * What computes: ONNX Runtime on the processor or on other hardware, or a tfjs backend. `auto` takes ONNX Runtime on the
 * processor where it loads, else WebAssembly.
 */
export type EngineChoice = 'onnx' | `onnx-${Hardware}` | BackendChoice

/** Options of {@link openEngine}. */
export interface OpenEngineOptions {
  /** How numbers are kept while the model composes. Default `f32`; `int8` needs ONNX Runtime on the processor. */
  readonly precision?: 'f32' | 'int8'
}

/** The command that installs the engine that is fastest on a processor. */
export const onnxInstall = 'ONNXRUNTIME_NODE_INSTALL_CUDA=skip npm install onnxruntime-node'

/**
 * An engine for Node, loaded on demand.
 *
 * @throws {EngineError} if ONNX Runtime is asked for and does not load, or not on this hardware.
 * @throws {PrecisionError} if the engine cannot compute in this precision.
 * @throws {BackendError} if a tfjs backend does not load.
 */
export async function openEngine(
  choice: EngineChoice = 'auto',
  { precision = 'f32' }: OpenEngineOptions = {}
): Promise<Engine> {
  const device = hardware.find(name => choice === `onnx-${name}`)
  if (precision !== 'f32' && choice !== 'onnx' && choice !== 'auto') {
    throw new PrecisionError(precision, `needs engine onnx, not ${choice}`)
  }
  if (device !== undefined) return hardwareEngine(device)
  if (choice !== 'onnx' && choice !== 'auto') return nodeEngine(choice as BackendChoice)
  try {
    return await onnxEngine({ precision })
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    if (choice === 'onnx') throw new EngineError(choice, error.problem, { cause: error })
    if (precision !== 'f32') throw new PrecisionError(precision, `needs ONNX Runtime: ${onnxInstall}`)
    return nodeEngine('wasm')
  }
}

/** ONNX Runtime on other hardware than the processor. */
async function hardwareEngine(name: Hardware): Promise<Engine> {
  const engine = `onnx-${name}`
  const needs = `${name} needs ${hardwareNeeds[name]}`
  try {
    const offered = await listHardware()
    if (offered.includes(name)) return await onnxEngine({ providers: [name] })
    const has = offered.map(each => `onnx-${each}`).join(', ') || 'the processor only'
    throw new EngineError(engine, `${needs}; ONNX Runtime here has ${has}`)
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    throw new EngineError(engine, `${error.problem}; ${needs}`, { cause: error })
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
