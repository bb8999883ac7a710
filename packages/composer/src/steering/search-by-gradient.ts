import type { Tokenizer } from '@vgm/encoding'
import { eager, type LearnSteeringState, learnSteering, type Model } from '@vgm/mlstm'
import { withBreaks } from '../with-breaks.js'
import { searchDrawing } from './sample-pieces.js'
import type { SearchPlan, SearchStep } from './search-options.js'

/** What {@link searchByGradient} takes. */
interface GradientOptions extends SearchPlan {
  readonly tokenizer: Tokenizer
  readonly learningRate: number
  readonly resume: LearnSteeringState | undefined
}

/** Follows the policy gradient: all units move a little after each batch of pieces. */
export async function* searchByGradient(model: Model, options: GradientOptions): AsyncGenerator<SearchStep> {
  const { reward, neurons, steps, count, words, seed, signal, onProgress, learningRate, resume } = options
  const { tokenizer } = options
  const search = learnSteering(model, {
    ...searchDrawing(tokenizer),
    ...{ steps, count, words, seed, learningRate },
    engine: withBreaks(options.engine ?? (await eager())),
    reward: pieces => reward(pieces.map(ids => tokenizer.decode(ids))),
    onProgress: done => onProgress?.({ phase: 'composing', done, total: count * words, unit: 'words' }),
    ...(neurons && { neurons }),
    ...(signal && { signal }),
    ...(resume && { resume })
  })
  for await (const { step, meanReward, steering, state } of search) {
    yield { step, reward: meanReward, steering, state: JSON.stringify(state) }
  }
}
