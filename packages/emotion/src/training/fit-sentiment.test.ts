import type { Progress } from '@vgm/base'
import { featureNames, featuresVersion } from '@vgm/features'
import { chooseC, crossValidate, fit, probeFromJson, probeToJson } from '@vgm/probe'
import { expect, test } from 'vitest'
import { labelledPhrases } from '../../test/music.js'
import { toyStates } from '../../test/toy-states.js'
import { featuresOf } from '../features/features.js'
import { openJudge } from '../judge.js'
import { type FitSentimentOptions, fitSentiment, sensibleCs } from './fit-sentiment.js'
import { splitHalves } from './split-halves.js'
import type { FitTask } from './validate-and-fit.js'

const phrases = labelledPhrases()
const effort = { folds: 3, repeats: 1, permutations: 1, penalty: 'l1', Cs: [0.3], seed: 5 } as const
const options: FitSentimentOptions = { kind: 'descriptors', effort }

test('fits a probe that judges what it was fitted to, and whose file says how it was made', async () => {
  const { file, validation, unseen } = await fitSentiment(phrases, options)
  expect(file).toMatchObject({ featureKind: 'descriptors', featuresVersion, featureNames })
  expect(file.model).toBeUndefined()
  expect(unseen).toBeUndefined()
  expect(validation['by piece'].scores.accuracy.mean).toBeGreaterThan(0.9)
  const read = probeFromJson(probeToJson(file.probe, file))
  expect(Object.keys(read.validation!)).toEqual(['by phrase', 'by piece'])
  const judge = await openJudge({ probe: read })
  const judged = await judge.probabilities(phrases.map(({ score }) => score))
  expect([...judged].map(value => (value > 0.5 ? 1 : -1))).toEqual(phrases.map(({ sentiment }) => sentiment))
})

test('both protocols are cross-validations on standardized features: by phrase, pieces fall apart', async () => {
  const { features } = await featuresOf(
    'descriptors',
    phrases.map(({ score }) => score)
  )
  const labels = phrases.map(({ sentiment }) => sentiment)
  const groups = phrases.map(({ piece }) => piece)
  const { file, validation } = await fitSentiment(phrases, options)
  const common = { ...effort, groups, innerFolds: 3, standardize: true, tolerance: 1e-4 }
  expect(validation['by phrase']).toEqual(crossValidate(features, labels, { ...common, splitGroups: true }))
  expect(validation['by piece']).toEqual(crossValidate(features, labels, common))
  expect(file.probe).toEqual(fit(features, labels, { penalty: 'l1', standardize: true, C: 0.3 }))
  expect(validation['by piece'].protocol.groups).toBe(12)
  expect(validation['by phrase'].protocol.groups).toBeUndefined()
})

test('of several values of C the one that does best on unseen pieces is taken; by default sensible ones', async () => {
  const { features } = await featuresOf(
    'descriptors',
    phrases.map(({ score }) => score)
  )
  const labels = phrases.map(({ sentiment }) => sentiment)
  const { Cs: _, ...unset } = { ...effort, permutations: 0 }
  const { file } = await fitSentiment(phrases, { ...options, effort: unset })
  const choice = chooseC(features, labels, {
    ...{ penalty: 'l1', standardize: true, tolerance: 1e-4, Cs: sensibleCs.l1, seed: 5 },
    groups: phrases.map(({ piece }) => piece)
  })
  expect(file.probe.C).toBe(choice.C)
})

test('states name their model; unseen phrases are judged in the end and never learnt', async () => {
  const { known, unseen } = splitHalves(phrases, 'first')
  const states = toyStates()
  let task: FitTask | undefined
  const { file, unseen: scores } = await fitSentiment(known, {
    ...{ kind: 'both', effort, states, unseen },
    async fitter(given) {
      task = given
      return (await import('./validate-and-fit.js')).validateAndFit(given)
    }
  })
  expect(file).toMatchObject({ model: 'toy', featureKind: 'both' })
  expect(file.featureNames?.slice(0, 4)).toEqual(['unit 0', 'unit 1', 'unit 2', featureNames[0]])
  expect(task!.features.rows).toBe(known.length)
  expect(task!.examples).toEqual(known.map(({ piece, sentiment }) => ({ piece, sentiment })))
  expect(structuredClone(task)).toEqual(task)
  expect(scores).toMatchObject({ phrases: unseen.length, pieces: unseen.length / 2, majorityRate: 0.5 })
  const judge = await openJudge({ probe: file, states })
  const judged = await judge.probabilities(unseen.map(({ score }) => score))
  const right = unseen.filter(({ sentiment }, k) => judged[k]! > 0.5 === (sentiment === 1))
  expect(scores!.accuracy).toBe(right.length / unseen.length)
})

test('reports reading, then every fit, to the end', async () => {
  const reports: Progress[] = []
  await fitSentiment(phrases, { ...options, onProgress: progress => reports.push(progress) })
  const fits = reports.filter(({ unit }) => unit === 'fits')
  expect(reports.slice(0, -fits.length).every(({ unit }) => unit === 'phrases')).toBe(true)
  const total = 2 * 3 * 2 + 1
  expect(fits.map(({ done }) => done)).toEqual([
    ...Array.from({ length: total - 1 }, (_, k) => k + 1),
    total - 1,
    total
  ])
  expect(new Set(fits.map(({ total }) => total))).toEqual(new Set([total]))
  expect([...new Set(fits.map(({ phase }) => phase))]).toEqual([
    'validating by phrase',
    'validating by piece',
    'choosing C and fitting',
    'fitted'
  ])
})

test('without a model there are no states to fit to', async () => {
  await expect(fitSentiment(phrases, { ...options, kind: 'states' })).rejects.toMatchObject({
    code: 'MISSING_STATES',
    kind: 'states'
  })
})
