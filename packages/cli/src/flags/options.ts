import type { EncodeOptions } from '@vgm/encoding'
import { UsageError } from '../terminal/errors.js'
import { integer, number, on, oneOf, pick, text, type Values } from './values.js'

/** Results for programs. */
export const json = on('print the result as JSON')

/** Tables for spreadsheets. */
export const csv = on('print comma-separated values with a header line', { conflicts: 'json' })

/** Everything that chance decides. */
export const seedOf = (fallback: string) =>
  integer('n', `the same number gives the same result (default: ${fallback})`, { min: 0, max: 2 ** 32 - 1 })

/** A seed for those who name none. */
export const randomSeed = () => Math.floor(Math.random() * 100_000)

/** The argument of commands about a model. */
export const modelArgument = ['<model>', 'model folder; pretrained is the shipped one'] as const

/** The argument of commands that read music. */
export const filesArgument = ['<file...>', 'MIDI files or folders of them; - is standard input'] as const

const engines = ['auto', 'onnx', 'onnx-webgpu', 'onnx-cuda', 'onnx-coreml', 'onnx-dml'] as const
const backends = ['gpu', 'node', 'wasm', 'cpu'] as const

/** What computes. */
export const engine = oneOf(
  'name',
  [...engines, ...backends],
  'the library that computes: auto takes the fastest; vgm doctor lists what is installed',
  { default: 'auto' }
)

/** How numbers are kept. */
export const precision = oneOf(
  'type',
  ['f32', 'int8'],
  'how exactly to compute: int8 is faster and less exact; it needs --engine onnx',
  { default: 'f32' }
)

/** What a model is steered to. */
export const steering = {
  sentiment: text('name', 'positive, negative, another steering of the model, or a file of vgm steer'),
  strength: number('x', 'how much of the sentiment, from 0 to 1 (default: 1)', { range: 'from 0 to 1' })
}

/** @throws {UsageError} if there is a strength and nothing to be strong in. */
export function requireSentiment({ sentiment, strength }: Values<typeof steering>): void {
  if (strength === undefined || sentiment !== undefined) return
  throw new UsageError('--strength is how much of a --sentiment: name one')
}

/** How MIDI files are read. */
export const midiFlags = {
  strict: on('refuse damaged MIDI files; without it they are repaired, as players do'),
  maxBytes: integer('n', 'largest MIDI file, in bytes (default: 33554432, which is 32 MiB)')
}

const durations = ['sounding', 'written'] as const satisfies readonly EncodeOptions['durations'][]
const tempos = ['clamp', 'fit'] as const satisfies readonly EncodeOptions['tempo'][]

/** How MIDI files become words. */
export const wordFlags = {
  durations: oneOf(
    'how',
    durations,
    'notes as long as they sound, or as they were written (default: sounding)'
  ),
  tempo: oneOf(
    'how',
    tempos,
    'tempos outside 24 to 160 bpm: take the nearest, or a longer or shorter beat, which keeps the time (default: clamp)'
  ),
  ...midiFlags
}

/** How MIDI files are read, as the options say. */
export function midiReading(flags: Values<typeof wordFlags>) {
  return pick(flags, 'strict', 'maxBytes', 'durations', 'tempo')
}
