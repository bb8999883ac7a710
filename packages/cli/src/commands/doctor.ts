import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MlstmModel } from '@vgm/mlstm'
import type { Backend } from '@vgm/nn/node'
import { Command } from 'commander'
import { CommandError, problemOf } from '../errors.js'
import { jsonOption } from '../options.js'

const examples = `
Examples:
  vgm doctor
  vgm doctor --json

An engine is the library that computes: vgm takes the fastest that works. The exit code is 0 if vgm generate can work here.`

/** `vgm doctor`. */
export function doctorCommand(version: string): Command {
  return new Command('doctor')
    .description('Show what works on this machine, and how to install the rest.')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((flags: { readonly json?: boolean }) => run(version, flags.json ?? false))
}

interface EngineReport {
  readonly engine: 'onnx' | Backend
  readonly works: boolean
  readonly isDefault: boolean
  /** What it is, or what it needs. */
  readonly note: string
}

interface ModelReport {
  readonly works: boolean
  readonly note: string
}

async function run(version: string, json: boolean): Promise<void> {
  const { backendPackages } = await import('@vgm/nn/node')
  const about = (engine: 'onnx' | Backend) =>
    engine === 'onnx' ? 'ONNX Runtime, native, fastest on a processor' : backendPackages[engine].about
  const names = ['onnx', ...(Object.keys(backendPackages) as Backend[])] as const
  const tried = await Promise.all(
    names.map(async engine => {
      const problem = await tryEngine(engine)
      return { engine, works: problem === undefined, note: problem ?? about(engine) }
    })
  )
  const auto = tried.find(({ engine, works }) => works && (engine === 'onnx' || engine === 'wasm'))
  const engines = tried.map((report): EngineReport => ({ ...report, isDefault: report === auto }))
  const model = await tryModel()
  const platform = `${process.platform} ${process.arch}`
  const report = { vgm: version, node: process.version, platform, engines, model }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report))
  if (!model.works) throw new CommandError(`nothing can be composed: ${model.note}`)
  if (!engines.some(({ works }) => works)) throw new CommandError('nothing can be composed: no engine works')
}

/** Loads an engine in a process of its own, and says what is wrong with it. */
async function tryEngine(engine: 'onnx' | Backend): Promise<string | undefined> {
  const script = fileURLToPath(new URL('./try-engine.js', import.meta.url))
  const child = fork(script, [engine], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
  let answer: unknown
  child.on('message', message => {
    answer = message
  })
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(child, 'disconnect')])
  if (answer === undefined) return `its process ended with ${signal ?? `exit code ${code}`}`
  return answer === null ? undefined : String(answer).replace(/^(engine|backend) '\w+': /, '')
}

async function tryModel(): Promise<ModelReport> {
  try {
    const [{ readModel, shippedModel }, { parameterCount }] = await Promise.all([
      import('../open-model.js'),
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

function table(report: {
  readonly vgm: string
  readonly node: string
  readonly platform: string
  readonly engines: readonly EngineReport[]
  readonly model: ModelReport
}): string {
  const row = (name: string, text: string) => `${name.padEnd(10)}${text}\n`
  const mark = (works: boolean, isDefault: boolean) =>
    `${works ? 'works' : '-'}${isDefault ? ', default' : ''}`
  const engines = report.engines.map(({ engine, works, isDefault, note }) =>
    row(`  ${engine}`, `${mark(works, isDefault).padEnd(16)}${note}`)
  )
  return [
    row('vgm', report.vgm),
    row('node', `${report.node} on ${report.platform}`),
    'engines\n',
    ...engines,
    row('model', `${report.model.works ? '' : 'does not load: '}${report.model.note}`)
  ].join('')
}
