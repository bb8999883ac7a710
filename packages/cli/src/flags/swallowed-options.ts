import type { Command } from 'commander'
import { UsageError } from '../terminal/errors.js'

/** Options that npm has, too: whether they were meant for vgm cannot be told. */
const npmOptions = new Set(['json', 'help', 'version'])

/** The npm script that called this process, if one did. */
export function npmScript(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.npm_command?.startsWith('run') ? env.npm_lifecycle_event : undefined
}

/** The command that arguments name. */
function commandOf(program: Command, args: readonly string[]): Command {
  let command = program
  for (const arg of args) {
    const child = command.commands.find(each => each.name() === arg)
    if (child !== undefined) command = child
  }
  return command
}

/**
 * Finds options that npm has kept for itself, since a script was run without the `--` that has to stand before them: npm
 * then hands on at most their values.
 *
 * @param args The arguments of `vgm`.
 * @throws {UsageError} saying how to call the script.
 */
export function requireNoSwallowedOptions(
  program: Command,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>
): void {
  const script = npmScript(env)
  if (script === undefined) return
  const swallowed = commandOf(program, args).options.filter(option => {
    const name = option.long?.replace(/^--(no-)?/, '') ?? ''
    const isGiven = args.some(arg => arg === option.long || arg.startsWith(`${option.long}=`))
    return !npmOptions.has(name) && !isGiven && env[`npm_config_${name.replaceAll('-', '_')}`] !== undefined
  })
  if (swallowed.length === 0) return
  const names = swallowed.map(({ long }) => long).join(', ')
  const verb = swallowed.length === 1 ? 'it' : 'them'
  throw new UsageError(
    `npm kept ${names} for itself: put -- before ${verb}, as in npm run ${script} -- ${usageOf(swallowed[0]!)}`
  )
}

function usageOf({ flags }: { readonly flags: string }): string {
  return flags.replace(/^-\w, /, '')
}
