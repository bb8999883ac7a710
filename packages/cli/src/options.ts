import { InvalidArgumentError, Option } from 'commander'
import { UsageError } from './errors.js'

/** A parser for `commander`: an integer of at least `min`. */
export function integer(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return text => {
    const value = Number(text)
    if (/^[+-]?\d+$/.test(text.trim()) && value >= min && value <= max) return value
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    throw new InvalidArgumentError(`Expected an integer ${range}.`)
  }
}

/** A parser for `commander`: a number of at least `min`. */
export function number(min: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() !== '' && Number.isFinite(value) && value >= min) return value
    throw new InvalidArgumentError(`Expected a number of at least ${min}.`)
  }
}

/** A parser for `commander`: a number above 0. */
export function positive(max = Number.POSITIVE_INFINITY): (text: string) => number {
  return text => {
    const value = Number(text)
    if (Number.isFinite(value) && value > 0 && value <= max) return value
    const range = Number.isFinite(max) ? `, at most ${max}` : ''
    throw new InvalidArgumentError(`Expected a number above 0${range}.`)
  }
}

/** A parser for `commander`: a number from 0 to `max`. */
function upTo(max: number): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() !== '' && value >= 0 && value <= max) return value
    throw new InvalidArgumentError(`Expected a number from 0 to ${max}.`)
  }
}

/** A parser for `commander`: a share, from 0 to below 1. */
export function share(): (text: string) => number {
  return text => {
    const value = Number(text)
    if (text.trim() !== '' && value >= 0 && value < 1) return value
    throw new InvalidArgumentError('Expected a number from 0 to below 1.')
  }
}

const largestSeed = 2 ** 32 - 1

/** `--seed`: everything that chance decides. */
export function seedOption(fallback: string): Option {
  return new Option('--seed <n>', `the same number gives the same result (default: ${fallback})`).argParser(
    integer(0, largestSeed)
  )
}

/** `--engine`: what computes. */
export function engineOption(): Option {
  return new Option(
    '--engine <name>',
    'the library that computes: auto takes the fastest; vgm doctor lists what is installed'
  )
    .choices([
      'auto',
      'onnx',
      'onnx-webgpu',
      'onnx-cuda',
      'onnx-coreml',
      'onnx-dml',
      'gpu',
      'node',
      'wasm',
      'cpu'
    ])
    .default('auto')
}

/** `--precision`: how numbers are kept. */
export function precisionOption(): Option {
  return new Option(
    '--precision <type>',
    'how exactly to compute: int8 is faster and less exact; it needs --engine onnx'
  )
    .choices(['f32', 'int8'])
    .default('f32')
}

/** `--sentiment`: what the model is steered to. */
export function sentimentOption(): Option {
  const description = 'positive, negative, or another steering of the model; or a file that vgm steer wrote'
  return new Option('--sentiment <name>', description)
}

/** `--strength`: how much it is steered. */
export function strengthOption(): Option {
  const description = 'how much of the sentiment, from 0 to 1 (default: 1)'
  return new Option('--strength <x>', description).argParser(upTo(1))
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
