import { expect, test } from 'vitest'
import { RunFolderError } from '../errors.js'
import { formatMetrics, parseMetrics } from './metrics-lines.js'

const lines = [
  { step: 1, epoch: 0.5, loss: 5.4, norm: 1, learningRate: 0.001, wordsPerSecond: 900 },
  { step: 2, epoch: 1, loss: 5.3, norm: 1, learningRate: 0.002, wordsPerSecond: 901 },
  { step: 2, epoch: 1, validation: 5.2 },
  { step: 3, epoch: 1.5, loss: 5.1, norm: 1, learningRate: 0.003, wordsPerSecond: 902 }
]

const file = 'metrics.jsonl'

test('reads back what it wrote, up to a step', () => {
  expect(parseMetrics(formatMetrics(lines), 3, file)).toEqual(lines)
  expect(parseMetrics(formatMetrics(lines), 2, file)).toEqual(lines.slice(0, 3))
  expect(parseMetrics('', 9, file)).toEqual([])
})

test('a last line that was never finished is left out', () => {
  expect(parseMetrics(formatMetrics(lines).slice(0, -20), 9, file)).toEqual(lines.slice(0, 3))
})

test.each([
  ['{"step":1,"epoch":1}\nnonsense\n', 'metrics.jsonl: line 2: is not JSON'],
  ['{"step":"1","epoch":1}\n', 'metrics.jsonl: line 1: step expected number, got "1"'],
  ['{"step":1,"epoch":1,"loss":null}\n', 'metrics.jsonl: line 1: loss expected number, got null']
])('a damaged line is named: %s', (text, message) => {
  expect(() => parseMetrics(text, 9, file)).toThrow(RunFolderError)
  expect(() => parseMetrics(text, 9, file)).toThrow(message)
})
