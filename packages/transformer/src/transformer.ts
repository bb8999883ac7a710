import type { SequenceArchitecture } from '@vgm/nn'
import * as v from 'valibot'
import { initialWeights, parameterShapes } from './parameters.js'
import { keptStates, readWord, settle, settleEvery, stateShapes } from './step.js'
import type { TransformerConfig } from './types.js'
import { windowLoss } from './window.js'

const size = v.pipe(v.number(), v.integer(), v.minValue(1))

/**
 * A causal transformer that hears distance in words and in musical time, and is told controls beside each word: for training,
 * composing, reading and storage by `@vgm/nn`.
 *
 * Its inputs are `time`, the time step that the next word stands in, and `controls`, `[K]`, a class for each control. Training may
 * leave out shares of the `embedding`, of each `branch` of a layer, and of the `attention`.
 */
export const transformer: SequenceArchitecture<TransformerConfig> = {
  format: 'vgm-transformer',
  config: v.object({
    vocabularySize: size,
    width: size,
    heads: size,
    layers: size,
    context: size,
    controls: v.array(size)
  }),
  parameters: parameterShapes,
  initial: initialWeights,
  carried: () => ({}),
  state: stateShapes,
  settling: { every: settleEvery, kept: keptStates, settle },
  dropouts: ['embedding', 'branch', 'attention'],
  inputs: ({ controls }) => ({
    time: { shape: [], dtype: 'int32' },
    ...(controls.length > 0 && { controls: { shape: [controls.length], dtype: 'int32' } })
  }),
  readout: 'seen',
  step: readWord,
  window: (parameters, batch, _, context) => ({ loss: windowLoss(parameters, batch, context), state: {} })
}
