import { requireInteger } from '@vgm/base'
import { stateFromJson } from '@vgm/ga-steer'
import type { MlstmConfig } from '@vgm/mlstm'
import type { Model } from '@vgm/nn'
import { searchDefaults } from '../defaults.js'
import { tokenizerOf } from '../tokenizer-of.js'
import { parseGradientState } from './gradient-state.js'
import { searchByGenes } from './search-by-genes.js'
import { searchByGradient } from './search-by-gradient.js'
import type { SearchOptions, SearchStep } from './search-options.js'

/**
 * Searches for a steering whose pieces are rewarded, step by step as the caller asks for the next. The weights of the model
 * stay as they are.
 *
 * A signal stops it with its reason; the state of the last step is what to go on from.
 *
 * @throws {JsonError | InvalidStateError} at once, if the state to resume is damaged.
 * @throws {InvalidOptionError} if an option is out of range, or a reward is not a finite number.
 * @throws {ShapeError} if there are not as many rewards as pieces, or the state to resume is of other units.
 * @source Williams 1992 (gradient); Ferreira & Whitehead 2019, §6 (genetic)
 */
export function searchSteering(
  model: Model<MlstmConfig>,
  options: SearchOptions
): AsyncGenerator<SearchStep> {
  const { method, resume, ...rest } = options
  const { steps, count } = searchDefaults[method.name]
  const tokenizer = tokenizerOf(model, 'searchSteering')
  const plan = { tokenizer, steps, count, words: searchDefaults.words, ...rest }
  requireInteger('searchSteering', 'steps', plan.steps, 1)
  requireInteger('searchSteering', 'count', plan.count, 1)
  requireInteger('searchSteering', 'words', plan.words, 1)
  const resumed = <State>(parse: (text: string) => State) =>
    resume === undefined ? undefined : parse(resume)
  return method.name === 'gradient'
    ? searchByGradient(model, {
        ...{ ...searchDefaults.gradient, ...method, ...plan },
        resume: resumed(parseGradientState)
      })
    : searchByGenes(model, { ...searchDefaults.genetic, ...method, ...plan, resume: resumed(stateFromJson) })
}
