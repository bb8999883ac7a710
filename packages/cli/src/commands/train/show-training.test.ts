import type { Checkpoint } from '@vgm/nn'
import { defaultTrainSettings } from '@vgm/nn'
import type { RunEvent } from '@vgm/nn/node'
import { expect, test } from 'vitest'
import { remarkOn, showTraining, summaryLine } from './show-training.js'

const settings = { ...defaultTrainSettings, epochs: 4, patience: 2, batch: 2, window: 16, warmUpSteps: 8 }
const plan = { type: 'plan', settings, stepsPerEpoch: 44, parameters: 900, resumed: undefined } as const
const music = {
  ...{ name: 'scales', words: 45_262, digest: '', augmentation: 'none', semitones: null },
  data: { size: 20, piece: () => [] }
}

/** The lines that events are shown as. */
function linesOf(...events: RunEvent[]): string[] {
  const lines: string[] = []
  const show = showTraining(music, 'onnx', {
    log: line => lines.push(line),
    update: (_, note) => lines.push(note)
  })
  for (const event of events) show(event)
  return lines
}

/** A run that stands after an epoch. */
const at = (epoch: number, best: number): Checkpoint => ({
  ...{
    architecture: 'vgm-mlstm',
    config: {},
    size: 20,
    batches: { batch: 2, window: 16 },
    settings,
    arrays: {}
  },
  position: {
    ...{ epoch, step: 90, best: { crossEntropy: 2, epoch: best } },
    ...{ shard: 0, batch: 0, epochLoss: 0, epochSteps: 0, random: [1, 2, 3, 4] }
  }
})

test.each([
  [at(4, 4), 'all 4 epochs are done; --resume --epochs 8 trains on'],
  [at(3, 1), 'stopped early, 2 epochs after the best; --resume --patience 0 trains on']
])('a run that is over says how to go on', (resumed, advice) => {
  expect(linesOf({ ...plan, resumed })).toEqual([
    '20 pieces, 45262 words; 900 parameters on onnx; going on after step 90',
    advice
  ])
})

const guessing = { uniform: 5.416, frequencies: 3.9 }
const summary = { step: 9, best: null, guessing, noBetterThan: undefined }

test('a model that is no better than guessing is told so, and what to do', () => {
  expect(remarkOn({ ...summary, reached: 5.5, noBetterThan: 'uniform' }, 2)).toBe(
    'the model predicts no better than guessing at random: 5.500 against 5.416 nats per word; ' +
      'train it for longer (--resume --epochs 4), on more music, or at another --learning-rate'
  )
  expect(remarkOn({ ...summary, reached: 4, noBetterThan: 'frequencies' }, 2)).toMatch(
    /^the model predicts no better than guessing by the frequency of words: 4/
  )
  expect(remarkOn({ ...summary, reached: 3.8 }, 2)).toBeUndefined()
})

test('the loss is told beside that of guessing', () => {
  expect(summaryLine('m', { ...summary, reached: undefined })).toBe('wrote m')
  expect(summaryLine('m', { ...summary, reached: 2 })).toBe(
    'wrote m: training loss 2.0000 nats per word, guessing by frequency 3.9000'
  )
  const best = { crossEntropy: 2, epoch: 3 }
  expect(summaryLine('m', { ...summary, best, reached: 2 })).toMatch(
    /validation 2\.0000 nats per word \(epoch 3\),/
  )
})
