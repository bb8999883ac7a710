import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MlstmModel } from '@vgm/mlstm'
import type { Backend } from '@vgm/nn/node'
import type { Command } from 'commander'
import { command } from '../../flags/command.js'
import { json } from '../../flags/options.js'
import type { Hardware } from '../../inputs/open-engine.js'
import { CommandError, problemOf } from '../../terminal/errors.js'
import type { EngineTrial } from './try-engine.js'

const help = `
Examples:
  vgm doctor --json

An engine is the library that computes: vgm takes the fastest that works on the processor; --engine chooses another. The exit
code is 0 if vgm generate can work here.`

/** `vgm doctor`. */
export function doctor(version: string): Command {
  return command({
    name: 'doctor',
    description: 'Show what works on this machine, and how to install the rest.',
    options: { json },
    help,
    run: ({ json }) => run(version, json ?? false)
  })
}

interface EngineReport {
  readonly engine: EngineName
  readonly works: boolean
  readonly isDefault: boolean
  /** What it is, or what it needs. */
  readonly note: string
  /** How long the shipped model takes for a word of one piece, in milliseconds. */
  readonly msPerWord?: number
}

type EngineName = 'onnx' | `onnx-${Hardware}` | Backend

interface ModelReport {
  readonly works: boolean
  readonly note: string
}

async function run(version: string, json: boolean): Promise<void> {
  const platform = `${process.platform} ${process.arch}`
  const print = (text: string) => json || process.stdout.write(text)
  print(row('vgm', version))
  print(row('node', `${process.version} on ${platform}`))
  print('engines\n')
  const engines: EngineReport[] = []
  for await (const engine of tryEngines()) {
    engines.push(engine)
    print(engineRow(engine))
  }
  const model = await tryModel()
  print(row('model', `${model.works ? '' : 'does not load: '}${model.note}`))
  const report = { vgm: version, node: process.version, platform, engines, model }
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`)
  if (!model.works) throw new CommandError(`nothing can be composed: ${model.note}`)
  if (!engines.some(({ works }) => works)) throw new CommandError('nothing can be composed: no engine works')
}

/** Every engine, one after another, so that none slows down the other's measurement. */
async function* tryEngines(): AsyncGenerator<EngineReport> {
  const { backendPackages } = await import('@vgm/nn/node')
  const onnx = await tryEngine('onnx')
  yield reportOf('onnx', onnx, 'ONNX Runtime, native, fastest on a processor', onnx.problem === undefined)
  for (const name of onnx.hardware ?? []) {
    yield reportOf(`onnx-${name}`, await tryEngine(`onnx-${name}`), `ONNX Runtime on ${hardwareNames[name]}`)
  }
  for (const backend of Object.keys(backendPackages) as Backend[]) {
    const isDefault = backend === 'wasm' && onnx.problem !== undefined
    yield reportOf(backend, await tryEngine(backend), backendPackages[backend].about, isDefault)
  }
}

const hardwareNames: Readonly<Record<Hardware, string>> = {
  webgpu: 'the graphics card, through WebGPU',
  cuda: 'an NVIDIA graphics card, through CUDA',
  coreml: 'Apple hardware, through CoreML',
  dml: 'the graphics card, through DirectML'
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

/** Loads an engine in a process of its own, finds out what is wrong with it, and how fast it is. */
async function tryEngine(engine: EngineName): Promise<EngineTrial> {
  const script = fileURLToPath(new URL('./try-engine.js', import.meta.url))
  const child = fork(script, [engine], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
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

async function tryModel(): Promise<ModelReport> {
  try {
    const [{ readModel, shippedModel }, { parameterCount }] = await Promise.all([
      import('../../inputs/open-model.js'),
      import('@vgm/nn')
    ])
    const model = await readModel(shippedModel)
    return { works: true, note: card(model, parameterCount(model.architecture.parameters(model.config))) }
  } catch (error) {
    return { works: false, note: problemOf(error) }
  }
}

function card({ config, metrics, license }: MlstmModel, parameters: number): string {
  const { validationCrossEntropy } = metrics
  const quality =
    validationCrossEntropy === undefined
      ? []
      : [`${validationCrossEntropy.toFixed(4)} nats per word on validation music`]
  return [`${config.units} units`, `${parameters} parameters`, ...quality, `licence: ${license}`].join(', ')
}

function engineRow({ engine, works, isDefault, note, msPerWord }: EngineReport): string {
  const mark = `${works ? 'works' : '-'}${isDefault ? ', default' : ''}`
  const speed = msPerWord === undefined ? '' : `; ${msPerWord.toFixed(msPerWord < 10 ? 1 : 0)} ms per word`
  return `${`  ${engine}`.padEnd(15)}${mark.padEnd(16)}${note}${speed}\n`
}

function row(name: string, text: string): string {
  return `${name.padEnd(15)}${text}\n`
}
