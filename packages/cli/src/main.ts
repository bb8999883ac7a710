#!/usr/bin/env node
import { createRequire } from 'node:module'
import { inspect } from 'node:util'
import { Command, CommanderError } from 'commander'
import { analyze } from './commands/analyze.js'
import { dataset } from './commands/dataset/dataset.js'
import { decode } from './commands/decode.js'
import { describe } from './commands/describe.js'
import { doctor } from './commands/doctor.js'
import { encode } from './commands/encode.js'
import { evaluate } from './commands/evaluate.js'
import { exportModel } from './commands/export.js'
import { generate } from './commands/generate/generate.js'
import { label } from './commands/label.js'
import { probe } from './commands/probe/probe.js'
import { reproduce } from './commands/reproduce/reproduce.js'
import { steer } from './commands/steer/steer.js'
import { train } from './commands/train/train.js'
import { npmScript, requireNoSwallowedOptions } from './flags/swallowed-options.js'
import { exitCodeOf, messageOf } from './terminal/errors.js'
import { wrapHelp } from './terminal/wrap-help.js'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

/** The width of help where there is no terminal. */
const columns = 80

const examples = `
Examples:
  vgm generate --sentiment negative --seed 7 --out tune.mid
  vgm analyze tune.mid
  vgm encode tune.mid | head -c 200
  vgm label tune.mid
  vgm train music --out my-model

vgm COMMAND --help explains a command. Exit codes: 0 done, 1 failed, 2 called wrongly, 130 stopped with Ctrl-C.`

const program = new Command('vgm')
  .description(
    'Compose symbolic music with a chosen sentiment, read the sentiment of music that exists, and train the model that does it.'
  )
  .version(version, '-V, --version', 'print the version')
  .option('--debug', 'print the stack trace of an error')
  .showSuggestionAfterError()
  .addHelpText('after', examples)

const commands = [
  ...[
    generate,
    encode,
    decode,
    describe,
    train,
    evaluate,
    probe,
    steer,
    analyze,
    reproduce,
    label,
    dataset,
    exportModel
  ],
  doctor(version)
]
for (const command of commands) program.addCommand(command)
inherit(program)

// Who reads our output may stop reading when it has enough, as `head` does: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') report(error)
  process.exit()
})
process.stderr.on('error', () => {})
process.on('uncaughtException', error => {
  report(error)
  process.exit()
})

try {
  requireNoSwallowedOptions(program, process.argv.slice(2), process.env)
  await program.parseAsync()
} catch (error) {
  report(error)
}

/** Gives the settings of a command to all below it, and lets {@link report} speak for all of them. */
function inherit(command: Command): void {
  command.exitOverride().configureOutput({
    outputError: () => {},
    writeOut: text => process.stdout.write(wrapHelp(text, process.stdout.columns ?? columns)),
    writeErr: text => process.stderr.write(wrapHelp(text, process.stderr.columns ?? columns))
  })
  for (const child of command.commands) inherit(child.copyInheritedSettings(command))
}

/** One line on standard error, and the exit code: 0 done, 1 failed, 2 bad usage, 130 stopped by the user. */
function report(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
    const isHelp = error.code === 'commander.help'
    if (process.exitCode !== 0 && !isHelp)
      print(`${messageOf(error).replace(/^error: /, '')}${hintFor(error)}`)
    return
  }
  if ((error as NodeJS.ErrnoException)?.code === 'EPIPE') return
  if (program.opts<{ debug?: boolean }>().debug) process.stderr.write(`${inspect(error)}\n`)
  print(messageOf(error))
  process.exitCode = exitCodeOf(error)
}

/** npm keeps an option that resembles one of its own, and hands on the value: an argument too many. */
function hintFor({ code }: CommanderError): string {
  const script = npmScript(process.env)
  if (code !== 'commander.excessArguments' || script === undefined) return ''
  return ` If npm kept an option, put -- before it: npm run ${script} -- …`
}

function print(message: string): void {
  process.stderr.write(`vgm: ${message}\n`)
}
