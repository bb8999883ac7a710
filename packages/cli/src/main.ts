#!/usr/bin/env node
import { createRequire } from 'node:module'
import { Command, CommanderError } from 'commander'
import { trainCommand } from './commands/train.js'
import { exitCodeOf, messageOf } from './errors.js'

const { version } = createRequire(import.meta.url)('../package.json') as { version: string }

const program = new Command('vgm')
  .description('Compose symbolic music, train the model that does it, and look inside.')
  .version(version, '-V, --version', 'print the version')
  .option('--debug', 'print the stack trace of an error')
  .showSuggestionAfterError()
  .configureHelp({ sortSubcommands: false })
  .addHelpText('after', '\nvgm COMMAND --help explains a command and gives examples.')

for (const command of [trainCommand()]) {
  program.addCommand(command.copyInheritedSettings(program))
}

for (const command of [program, ...program.commands]) {
  command.exitOverride().configureOutput({ outputError: () => {} })
}

try {
  await program.parseAsync()
} catch (error) {
  report(error)
}

/** One line on standard error, and the exit code: 0 done, 1 failed, 2 bad usage, 130 stopped by the user. */
function report(error: unknown): void {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
    if (error.exitCode !== 0)
      process.stderr.write(`vgm: ${error.message.replace(/^error: /, '').replaceAll('\n', ' ')}\n`)
    return
  }
  if (program.opts<{ debug?: boolean }>().debug) process.stderr.write(`${(error as Error).stack}\n`)
  process.stderr.write(`vgm: ${messageOf(error)}\n`)
  process.exitCode = exitCodeOf(error)
}
