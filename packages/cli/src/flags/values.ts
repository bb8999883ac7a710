import { InvalidArgumentError, Option } from 'commander'

/** An option of a command: {@link optionsOf} names it by its key in a table. `T` is the type of its value. */
export interface Flag<T> {
  /** What help shows after the name, such as `<n>`. */
  readonly argument?: string | undefined
  readonly description: string
  readonly details: Details<unknown> & { readonly isOff?: boolean }
  readonly parse?: ((text: string) => T) | undefined
  readonly choices?: readonly string[]
}

/** What else an option may say. */
export interface Details<T> {
  readonly default?: T
  /** The default as help shows it. */
  readonly shown?: string
  readonly isRequired?: boolean
  /** The option that excludes this one. */
  readonly conflicts?: string
}

/** `T`, or also undefined where nothing says that there is a value. */
type Given<T, D> = D extends { readonly default: T } | { readonly isRequired: true } ? T : T | undefined

/** The options of a command by the names of their values. */
export type Flags = Readonly<Record<string, Flag<unknown>>>

type ValueOf<F> = F extends Flag<infer T> ? T : never
type Optional<F extends Flags> = { [K in keyof F]: undefined extends ValueOf<F[K]> ? K : never }[keyof F]

/** The values of a table of options. */
export type Values<F extends Flags> = {
  readonly [K in Exclude<keyof F, Optional<F>>]: ValueOf<F[K]>
} & { readonly [K in Optional<F>]?: Exclude<ValueOf<F[K]>, undefined> }

/** A value that `parse` makes of the text. */
export function value<T, const D extends Details<T>>(
  argument: string,
  description: string,
  parse: ((text: string) => T) | undefined,
  details: D = {} as D
): Flag<Given<T, D>> {
  return { argument: `<${argument}>`, description, details, parse: parse as Flag<Given<T, D>>['parse'] }
}

/** Any text. */
export function text<const D extends Details<string>>(
  argument: string,
  description: string,
  details: D = {} as D
): Flag<Given<string, D>> {
  return value<string, D>(argument, description, undefined, details)
}

/** Any number of texts. */
export function texts(
  argument: string,
  description: string,
  fallback: readonly string[]
): Flag<readonly string[]> {
  return { argument: `<${argument}...>`, description, details: { default: fallback } }
}

/** One of several words. */
export function oneOf<const C extends string, const D extends Details<C>>(
  argument: string,
  choices: readonly C[],
  description: string,
  details: D = {} as D
): Flag<Given<C, D>> {
  return { argument: `<${argument}>`, description, details, choices }
}

/** An option without a value. */
export function on(description: string, details: Details<boolean> = {}): Flag<boolean | undefined> {
  return { description, details }
}

/** `--no-<name>`: true unless it is given. */
export function off(description: string): Flag<boolean> {
  return { description, details: { isOff: true } }
}

type Limits = { readonly min?: number; readonly max?: number }

/** An integer, of at least 1 if nothing else is said. */
export function integer<const D extends Details<number> & Limits>(
  argument: string,
  description: string,
  details: D = {} as D
): Flag<Given<number, D>> {
  const { min = 1, max = Number.MAX_SAFE_INTEGER } = details
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
  const isGood = (number: number, text: string) =>
    /^[+-]?\d+$/.test(text.trim()) && number >= min && number <= max
  return value<number, D>(argument, description, numberThat(isGood, `an integer ${range}`), details)
}

/** A number, above 0 if nothing else is said. */
export function number<const D extends Details<number> & { readonly range?: keyof typeof ranges }>(
  argument: string,
  description: string,
  details: D = {} as D
): Flag<Given<number, D>> {
  const range = details.range ?? 'above 0'
  return value<number, D>(argument, description, numberThat(ranges[range], `a number ${range}`), details)
}

const ranges = {
  'of at least 0': (number: number) => number >= 0,
  'above 0': (number: number) => number > 0,
  'above 0, at most 1': (number: number) => number > 0 && number <= 1,
  'above 0, at most 4': (number: number) => number > 0 && number <= 4,
  'from 0 to 1': (number: number) => number >= 0 && number <= 1,
  'from 0 to below 1': (number: number) => number >= 0 && number < 1
}

function numberThat(isGood: (number: number, text: string) => boolean, expected: string) {
  return (text: string): number => {
    const number = Number(text)
    if (text.trim() !== '' && Number.isFinite(number) && isGood(number, text)) return number
    throw new InvalidArgumentError(`Expected ${expected}.`)
  }
}

/** The options of a table as commander has them: `learningRate` is `--learning-rate`. */
export function optionsOf(flags: Flags): Option[] {
  return Object.entries(flags).map(([key, { argument, description, details, parse, choices }]) => {
    const name = key.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    const rest = argument === undefined ? '' : ` ${argument}`
    const option = new Option(`--${details.isOff ? 'no-' : ''}${name}${rest}`, description)
    if (choices !== undefined) option.choices(choices)
    if (parse !== undefined) option.argParser(parse)
    if (details.default !== undefined) option.default(details.default, details.shown)
    if (details.conflicts !== undefined) option.conflicts(details.conflicts)
    return option.makeOptionMandatory(details.isRequired ?? false)
  })
}

/** Those of the named values that are given. */
export function pick<T extends object, K extends keyof T>(
  values: T,
  ...names: readonly K[]
): { [P in K]?: Exclude<T[P], undefined> } {
  const given = names.filter(name => values[name] !== undefined).map(name => [name, values[name]])
  return Object.fromEntries(given) as ReturnType<typeof pick<T, K>>
}
