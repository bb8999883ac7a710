import { InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../terminal/errors.js'

/** A parser for `commander`: an integer of at least `min`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^[+-]?\d+$/.test(text.trim()) && value >= min && value <= max) return value
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    throw new InvalidArgumentError(`Expected an integer ${range}.`)
  }
}

function numberThat(isGood: (value: number) => boolean, expected: string): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value) && isGood(value)) return value
    throw new InvalidArgumentError(`Expected a number ${expected}.`)
  }
}

/** A parser for `commander`: a number of at least `min`. */
export function number(min: number): (text: string) => number {
  return numberThat(value => value >= min, `of at least ${min}`)
}

/** A parser for `commander`: a number above 0. */
export function positive(max = Number.POSITIVE_INFINITY): (text: string) => number {
  const range = Number.isFinite(max) ? `, at most ${max}` : ''
  return numberThat(value => value > 0 && value <= max, `above 0${range}`)
}

/** A parser for `commander`: a share, from 0 to below 1. */
export function share(): (text: string) => number {
  return numberThat(value => value >= 0 && value < 1, 'from 0 to below 1')
}

/** The options that are given: without those that are undefined. */
export function given<T extends object>(options: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as ReturnType<typeof given<T>>
}

const largestSeed = 2 ** 32 - 1

/** `--seed`: everything that chance decides. */
export function seedOption(fallback: string): Option {
  return new Option('--seed <n>', `the same number gives the same result (default: ${fallback})`).argParser(
    integer(0, largestSeed)
  )
}

const engines = ['auto', 'onnx', 'onnx-webgpu', 'onnx-cuda', 'onnx-coreml', 'onnx-dml']
const backends = ['gpu', 'node', 'wasm', 'cpu']

/** `--engine`: what computes. */
export function engineOption(): Option {
  const description = 'the library that computes: auto takes the fastest; vgm doctor lists what is installed'
  return new Option('--engine <name>', description).choices([...engines, ...backends]).default('auto')
}

/** `--precision`: how numbers are kept. */
export function precisionOption(): Option {
  const description = 'how exactly to compute: int8 is faster and less exact; it needs --engine onnx'
  return new Option('--precision <type>', description).choices(['f32', 'int8']).default('f32')
}

/** `--sentiment`: what the model is steered to. */
export function sentimentOption(): Option {
  const description = 'positive, negative, or another steering of the model; or a file that vgm steer wrote'
  return new Option('--sentiment <name>', description)
}

/** `--strength`: how much it is steered. */
export function strengthOption(): Option {
  const description = 'how much of the sentiment, from 0 to 1 (default: 1)'
  return new Option('--strength <x>', description).argParser(
    numberThat(value => value >= 0 && value <= 1, 'from 0 to 1')
  )
}

/**
 * Throws if there is a strength and nothing to be strong in.
 *
 * @throws {UsageError}
 */
export function requireSentiment(sentiment: string | undefined, strength: number | undefined): void {
  if (strength === undefined || sentiment !== undefined) return
  throw new UsageError('--strength is how much of a --sentiment: name one')
}

/** `--json`: results for programs. */
export function jsonOption(): Option {
  return new Option('--json', 'print the result as JSON')
}

/** A seed for those who name none. */
export function randomSeed(): number {
  return Math.floor(Math.random() * 100_000)
}
