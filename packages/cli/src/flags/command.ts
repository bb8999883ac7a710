import { Command } from 'commander'
import { interruptible } from '../terminal/interrupt.js'
import { type Flags, optionsOf, type Values } from './values.js'

/** An argument, such as `<file>` or `<file...>`, and what it is. */
type Argument = readonly [name: `<${string}>`, description: string]

type ArgumentValue<A> = A extends readonly [`${string}...>`, string] ? readonly string[] : string
type ArgumentValues<A extends readonly Argument[]> = { -readonly [I in keyof A]: ArgumentValue<A[I]> }

/** A command: what help says of it, and what it does. */
export interface CommandSpec<A extends readonly Argument[], F extends Flags> {
  readonly name: string
  readonly description: string
  readonly arguments?: A
  readonly options: F
  /** Examples, and what the descriptions do not say. */
  readonly help: string
  /** Parses, calls a library, prints. The signal says that the user presses Ctrl-C. */
  run(...given: [...ArgumentValues<A>, flags: Values<F>, signal: AbortSignal]): Promise<void>
}

/** Makes a command of commander's. */
export function command<const A extends readonly Argument[] = [], const F extends Flags = Flags>(
  spec: CommandSpec<A, F>
): Command {
  const made = new Command(spec.name).description(spec.description)
  for (const [name, description] of spec.arguments ?? []) made.argument(name, description)
  for (const option of optionsOf(spec.options)) made.addOption(option)
  return made.addHelpText('after', `\n${spec.help.trim()}`).action(async (...given: unknown[]) => {
    const values = given.slice(0, -1) as [...ArgumentValues<A>, Values<F>]
    await interruptible(signal => spec.run(...values, signal))
  })
}

/** A command of which only its commands can be called. */
export function group(name: string, description: string, commands: readonly Command[]): Command {
  const made = new Command(name).description(description)
  for (const each of commands) made.addCommand(each)
  return made
}
