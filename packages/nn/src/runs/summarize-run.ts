import { type Guessing, measureGuessing } from './guessing.js'
import type { RunEnd, RunMusic } from './train-on-music.js'

/** What a training run came to. */
export interface RunSummary extends Pick<RunEnd, 'step' | 'best'> {
  /** The cross-entropy of the best epoch on the validation music, else the last training loss, in nats per word. */
  readonly reached: number | undefined
  /** What guessing would reach. */
  readonly guessing: Guessing
  /** The guessing that is no worse than the model, which has then learnt next to nothing. */
  readonly noBetterThan: keyof Guessing | undefined
}

/** Sums up a run: how well the model predicts, beside what guessing would do. */
export async function summarizeRun(
  { data, validation }: Pick<RunMusic, 'data' | 'validation'>,
  { step, best, loss }: RunEnd,
  vocabularySize: number
): Promise<RunSummary> {
  const guessing = await measureGuessing(data, { vocabularySize, validation: validation?.pieces })
  const reached = validation === undefined ? loss : best?.crossEntropy
  return { step, best, reached, guessing, noBetterThan: guessThatEquals(reached, guessing) }
}

function guessThatEquals(loss: number | undefined, guessing: Guessing): keyof Guessing | undefined {
  return (['uniform', 'frequencies'] as const).find(guess => loss !== undefined && loss >= guessing[guess])
}
