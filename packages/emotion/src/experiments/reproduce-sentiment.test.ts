import type { Progress } from '@vgm/base'
import { encode } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { labelledPhrases } from '../../test/music.js'
import { toyStates } from '../../test/toy-states.js'
import { baselineSettings, experimentEffort } from './effort.js'
import { reproduceSentiment } from './reproduce-sentiment.js'
import type { TrainClassifier } from './supervised-baseline.js'

const phrases = labelledPhrases()
const effort = { ...experimentEffort(true, { folds: 3, C: 1 }), permutations: 1 }

/** The words of the phrases, each with its end of piece, 224. */
const whole = phrases.map(({ score }) => encode(score).join())

/** Knows the sequences that it was shown, and guesses the rest. */
const memory: TrainClassifier = async (sequences, labels, { onProgress }) => {
  onProgress?.({ phase: 'training', done: 1, total: 1, unit: 'steps' })
  const known = new Map(sequences.map((ids, k) => [ids.join(), labels[k]!]))
  return {
    async probabilities(asked) {
      return Float64Array.from(asked, ids => 0.5 + 0.4 * (known.get(ids.join()) ?? 0))
    }
  }
}

test('measures every way of telling sentiment by both protocols, of every model, on the same folds', async () => {
  const reports: Progress[] = []
  const trained: number[] = []
  const train: TrainClassifier = (sequences, labels, watch) => {
    trained.push(sequences.length)
    for (const ids of sequences) expect(whole).toContain(`${ids.join()},224`)
    return memory(sequences, labels, watch)
  }
  const results = await reproduceSentiment(
    phrases,
    new Map([
      ['one', toyStates()],
      ['two', toyStates()]
    ]),
    {
      effort,
      baseline: { ...baselineSettings(true, 8), train },
      onProgress: progress => reports.push(progress)
    }
  )
  const told = results.map(({ method, model = '-', folds }) => `${model} ${method} ${folds}`)
  const expected = [
    '- descriptors',
    ...['one', 'two'].flatMap(model => ['states', 'mean', 'both'].map(method => `${model} ${method}`)),
    '- baseline'
  ].flatMap(name => [`${name} by phrase`, `${name} by piece`])
  expect(told).toEqual(expected)
  const of = (model: string) => results.filter(result => result.model === model).map(({ scores }) => scores)
  expect(of('two')).toEqual(of('one'))
  expect(trained).toEqual([16, 16, 16, 16, 16, 16])
  const descriptors = results[0]!
  expect(descriptors.scores.accuracy.mean).toBeGreaterThan(0.9)
  expect(descriptors.permuted).toBeLessThan(0.95)
  expect(results.at(-1)!.permuted).toBeUndefined()
  const shares = reports.map(({ done, total }) => done / total!)
  expect(shares).toEqual([...shares].sort((a, b) => a - b))
  expect(shares.at(-1)).toBeCloseTo(1, 9)
})

test('the effort is that of the published figures, or as little as says something', () => {
  expect(experimentEffort(false)).toEqual({
    ...{ folds: 10, repeats: 3, permutations: 3, penalty: 'l1', seed: 0 },
    Cs: [0.01, 0.03, 0.1, 0.3]
  })
  expect(experimentEffort(true, { seed: 3 })).toEqual({
    ...{ folds: 5, repeats: 1, permutations: 0, penalty: 'l1', seed: 3 },
    Cs: [0.03]
  })
  expect(baselineSettings(false)).toEqual({ units: 128, epochs: 7, embedding: 64, learningRate: 3e-3 })
  expect(baselineSettings(true)).toMatchObject({ units: 64, epochs: 3 })
})
