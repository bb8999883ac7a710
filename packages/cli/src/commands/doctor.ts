import type { EngineReport } from '@vgm/composer/node'
import type { MlstmModel } from '@vgm/mlstm'
import type { Command } from 'commander'
import { command } from '../flags/command.js'
import { json } from '../flags/options.js'
import { CommandError, problemOf } from '../terminal/errors.js'

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

async function run(version: string, json: boolean): Promise<void> {
  const { probeEngines } = await import('@vgm/composer/node')
  const { shippedFolder } = await import('../inputs/open-model.js')
  const platform = `${process.platform} ${process.arch}`
  const print = (text: string) => json || process.stdout.write(text)
  print(row('vgm', version))
  print(row('node', `${process.version} on ${platform}`))
  print('engines\n')
  const engines: EngineReport[] = []
  for await (const engine of probeEngines(await shippedFolder())) {
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

async function tryModel(): Promise<{ readonly works: boolean; readonly note: string }> {
  try {
    const { readModel, shippedModel } = await import('../inputs/open-model.js')
    const { parameterCount } = await import('@vgm/nn')
    const model = await readModel(shippedModel)
    return { works: true, note: card(model, parameterCount(model.architecture.parameters(model.config))) }
  } catch (error) {
    return { works: false, note: problemOf(error) }
  }
}

function card({ config, metrics, license }: MlstmModel, parameters: number): string {
  const { validationCrossEntropy: loss } = metrics
  const quality = loss === undefined ? [] : [`${loss.toFixed(4)} nats per word on validation music`]
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
