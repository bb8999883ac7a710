import { JsonError, parseJson } from '@vgm/base'
import * as v from 'valibot'
import { RunFolderError } from '../errors.js'

/** A step of training, or a measurement on the validation music. */
const schema = v.object({
  step: v.number(),
  epoch: v.number(),
  loss: v.optional(v.number()),
  validation: v.optional(v.number()),
  norm: v.optional(v.number()),
  learningRate: v.optional(v.number()),
  wordsPerSecond: v.optional(v.number())
})

/** A line of `metrics.jsonl`. Losses are in nats per word; `epoch` is a real number: 1.5 is half through the second one. */
export type MetricsLine = Readonly<v.InferOutput<typeof schema>>

/** Metrics as the text of a file, one line each. */
export function formatMetrics(lines: readonly MetricsLine[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

/**
 * Reads the lines up to a step. A process that was killed may have left more, the last of them unfinished.
 *
 * @param file The file's name, for errors.
 * @throws {RunFolderError} naming the line that is damaged.
 */
export function parseMetrics(text: string, lastStep: number, file: string): MetricsLine[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const lines: MetricsLine[] = []
  for (const [index, line] of whole.split('\n').entries()) {
    if (line === '') continue
    try {
      lines.push(parseJson(schema, line))
    } catch (cause) {
      if (!(cause instanceof JsonError)) throw cause
      throw new RunFolderError(file, `line ${index + 1}: ${cause.problem}`, { cause })
    }
  }
  return lines.filter(({ step }) => step <= lastStep)
}
