import type { Music } from '@vgm/dataset/node'
import { vocabulary } from '@vgm/encoding'
import { type Guessing, measureGuessing } from '@vgm/nn'
import type { TrainingEnd } from './follow-training.js'

/** What is said of a training run that came to its end. */
export interface TrainingSummary {
  /** For people. */
  readonly line: string
  /** That the model has learnt next to nothing, and what to do about it. */
  readonly remark: string | undefined
  /** For programs. */
  readonly data: Readonly<Record<string, unknown>>
}

/** Sums up a run: how well the model predicts, beside what guessing would do. */
export async function summarizeTraining(
  model: string,
  { data, validation }: Music,
  { step, best, loss, epochs }: TrainingEnd
): Promise<TrainingSummary> {
  const options = { vocabularySize: vocabulary.size, validation: validation?.pieces }
  const guessing = await measureGuessing(data, options)
  const reached = validation === undefined ? loss : best?.crossEntropy
  const remark = reached === undefined ? undefined : remarkOn(reached, guessing)
  const advice = `train it for longer (--resume --epochs ${2 * epochs}), on more music, or at another --learning-rate`
  const guess = `guessing by frequency ${guessing.frequencies.toFixed(4)}`
  const [what, when] = best === null ? ['training loss', ''] : ['validation', ` (epoch ${best.epoch})`]
  const score = reached === undefined ? '' : `: ${what} ${reached.toFixed(4)} nats per word${when}, ${guess}`
  return {
    line: `wrote ${model}${score}`,
    remark: remark && `${remark}; ${advice}`,
    data: { model, step, best, guessing }
  }
}

/** What to tell of a model that has learnt next to nothing. */
export function remarkOn(loss: number, { uniform, frequencies }: Guessing): string | undefined {
  const limits = [
    [uniform, 'guessing at random'],
    [frequencies, 'guessing by the frequency of words']
  ] as const
  const [limit, guess] = limits.find(([least]) => loss >= least) ?? []
  if (limit === undefined) return undefined
  return `the model predicts no better than ${guess}: ${loss.toFixed(3)} against ${limit.toFixed(3)} nats per word`
}
