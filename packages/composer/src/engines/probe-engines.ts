import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Backend, backendPackages } from '@vgm/nn/node'
import type { Hardware } from './open-engine.js'
import type { EngineTrial } from './try-engine.js'

/** The name of an engine that {@link probeEngines} tries. */
export type EngineName = 'onnx' | `onnx-${Hardware}` | Backend

/** Whether an engine works on this machine. */
export interface EngineReport {
  readonly engine: EngineName
  readonly works: boolean
  /** Whether `auto` takes it. */
  readonly isDefault: boolean
  /** What it is, or what it needs. */
  readonly note: string
  /** How long the model takes for a word of one piece, in milliseconds. */
  readonly msPerWord?: number
}

const hardwareNames: Readonly<Record<Hardware, string>> = {
  webgpu: 'the graphics card, through WebGPU',
  cuda: 'an NVIDIA graphics card, through CUDA',
  coreml: 'Apple hardware, through CoreML',
  dml: 'the graphics card, through DirectML'
}

/**
 * Tries every engine in a process of its own, one after another, so that none slows down the other's measurement.
 *
 * @param model The folder of the model whose speed is measured.
 */
export async function* probeEngines(model: string): AsyncGenerator<EngineReport> {
  const onnx = await tryEngine('onnx', model)
  yield reportOf('onnx', onnx, 'ONNX Runtime, native, fastest on a processor', onnx.problem === undefined)
  for (const name of onnx.hardware ?? []) {
    yield reportOf(
      `onnx-${name}`,
      await tryEngine(`onnx-${name}`, model),
      `ONNX Runtime on ${hardwareNames[name]}`
    )
  }
  for (const backend of Object.keys(backendPackages) as Backend[]) {
    const isDefault = backend === 'wasm' && onnx.problem !== undefined
    yield reportOf(backend, await tryEngine(backend, model), backendPackages[backend].about, isDefault)
  }
}

function reportOf(
  engine: EngineName,
  { problem, msPerWord }: EngineTrial,
  about: string,
  isDefault = false
): EngineReport {
  const works = problem === undefined
  return {
    engine,
    works,
    isDefault: isDefault && works,
    note: problem ?? about,
    ...(msPerWord !== undefined && { msPerWord })
  }
}

/** An engine that takes longer than this, such as WebGPU without a graphics card, is not measured. */
const mostSeconds = 30

async function tryEngine(engine: EngineName, model: string): Promise<EngineTrial> {
  const script = fileURLToPath(new URL('./try-engine.js', import.meta.url))
  const child = fork(script, [engine, model], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
  const clock = setTimeout(() => child.kill('SIGKILL'), mostSeconds * 1000)
  let trial: EngineTrial | undefined
  child.on('message', message => {
    trial = message as EngineTrial
  })
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  clearTimeout(clock)
  const { problem, ...rest } = trial ?? { problem: `its process ended with ${signal ?? `exit code ${code}`}` }
  return problem === undefined ? rest : { problem: problem.replace(/^(engine|backend) '[\w-]+': /, '') }
}
