import type { Tokenizer } from '@vgm/encoding'
import { type LearnSteeringState, learnSteering, type MlstmConfig } from '@vgm/mlstm'
import type { Model } from '@vgm/nn'
import { openForSearch, searchDrawing } from './sample-pieces.js'
import type { SearchPlan, SearchStep } from './search-options.js'

/** Options of {@link searchByGradient}. */
interface GradientOptions extends SearchPlan {
  readonly tokenizer: Tokenizer
  readonly learningRate: number
  readonly resume: LearnSteeringState | undefined
}

/** Follows the policy gradient: all units move a little after each batch of pieces. */
export async function* searchByGradient(
  model: Model<MlstmConfig>,
  options: GradientOptions
): AsyncGenerator<SearchStep> {
  const { reward, neurons, steps, count, words, seed, signal, onProgress, learningRate, resume } = options
  const { tokenizer } = options
  const opened = await openForSearch(model, options)
  const search = learnSteering(opened, {
    ...searchDrawing(tokenizer),
    ...{ steps, count, words, seed, learningRate },
    reward: pieces => reward(pieces.map(ids => tokenizer.decode(ids))),
    ...(onProgress && { onProgress }),
    ...(neurons && { neurons }),
    ...(signal && { signal }),
    ...(resume && { resume })
  })
  try {
    for await (const { step, meanReward, steering, state } of search) {
      yield { step, reward: meanReward, steering, state: JSON.stringify(state) }
    }
  } finally {
    opened.dispose()
  }
}
