import { expect, test } from 'vitest'
import { summarizeRun } from './summarize-run.js'

const data = { size: 2, piece: (index: number) => [[1, 1, 1, 1], [2]][index]! }
const end = { step: 9, best: null, epochs: 3 }

test.each([
  [1.5, 'uniform'],
  [1.2, 'frequencies'],
  [0.7, undefined]
])('a model of %d nats per word is no better than %s', async (loss, noBetterThan) => {
  const summary = await summarizeRun({ data }, { ...end, loss }, 4)
  expect(summary.guessing.uniform).toBeCloseTo(Math.log(4), 12)
  expect(summary.guessing.frequencies).toBeCloseTo(-(4 * Math.log(5 / 9) + Math.log(2 / 9)) / 5, 12)
  expect(summary).toMatchObject({ step: 9, best: null, reached: loss, noBetterThan })
})

test('with validation music the best epoch counts, not the training loss', async () => {
  const validation = { pieces: [Uint16Array.of(3)], digest: 'b' }
  const best = { crossEntropy: 1.3, epoch: 2 }
  const summary = await summarizeRun({ data, validation }, { ...end, best, loss: 0.1 }, 4)
  expect(summary).toMatchObject({ reached: 1.3, best, noBetterThan: undefined })
  expect(summary.guessing.frequencies).toBeCloseTo(Math.log(9), 12)
})
