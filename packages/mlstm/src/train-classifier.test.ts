import '@tensorflow/tfjs-backend-cpu'
import { InvalidOptionError, type Progress, ShapeError } from '@vgm/base'
import { loadModel, modelFiles, NotFiniteError } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { describe, expect, test } from 'vitest'
import { classify } from './classify.js'
import { mlstm } from './mlstm.js'
import { mlstmClassifier } from './mlstm-classifier.js'
import { type ClassifierOptions, trainClassifier } from './train-classifier.js'

const config = { vocabularySize: 5, embedding: 2, units: 3 }
const sequences = [[1, 2], [3, 4, 1], [2], [4, 4, 4]]
const labels = [1, 0, 1, 0]

// Each test takes at most a second on two free cores; the limit is for machines that are busy.
describe('trainClassifier', { timeout: 60_000 }, () => {
  test.each<[string, number[][], number[], Partial<ClassifierOptions>, string]>([
    [
      'labels of one kind',
      sequences,
      [1, 1, 1, 1],
      {},
      'trainClassifier: labels expected examples of both kinds, got only 1'
    ],
    ['another label', sequences, [1, 0, 2, 0], {}, 'trainClassifier: labels[2] expected 1, 0 or -1, got 2'],
    [
      'an id out of range',
      [[1], [5], [2], [3]],
      labels,
      {},
      'trainClassifier: sequences[1][0] expected an id from 0 to 4, got 5'
    ],
    ['no words', [[], []], [1, 0], {}, 'trainClassifier: sequences expected at least one word, got none'],
    [
      'padding that is no word',
      sequences,
      labels,
      { padding: 5 },
      'trainClassifier: padding expected an integer from 0 to 4, got 5'
    ],
    [
      'a share that is all',
      sequences,
      labels,
      { dropout: 1 },
      'train: dropout.output expected a number from 0 to below 1, got 1'
    ],
    ['no epochs', sequences, labels, { epochs: 0 }, 'train: epochs expected an integer ≥ 1, got 0']
  ])('%s: refused', async (_, given, marks, options, message) => {
    const promise = trainClassifier(config, given, marks, { padding: 0, ...options })
    await expect(promise).rejects.toThrow(InvalidOptionError)
    await expect(promise).rejects.toThrow(message)
  })

  test('labels that are too few: refused, of validation, too', async () => {
    await expect(trainClassifier(config, sequences, [1, 0], { padding: 0 })).rejects.toThrow(
      new ShapeError('trainClassifier', 'labels', '4 values', 2)
    )
    const validation = { sequences, labels: [1] }
    await expect(trainClassifier(config, sequences, labels, { padding: 0, validation })).rejects.toThrow(
      new ShapeError('trainClassifier', 'validation.labels', '4 values', 1)
    )
  })

  test('keeps the weights of the epoch that is best in validation, and stops where it gets no better', async () => {
    const engine = await nodeEngine('cpu')
    // Labels the other way round: the better an epoch is in training, the worse it is here.
    const validation = { sequences, labels: labels.map(label => 1 - label) }
    const options = { engine, padding: 0, batch: 4, epochs: 9, learningRate: 0.1, validation }
    const shares: number[] = []
    const onProgress = ({ done, total }: Progress) => shares.push(done / total!)
    const classifier = await trainClassifier(config, sequences, labels, { ...options, onProgress })
    expect(classifier.epoch).toBe(1)
    expect(shares).toEqual([1 / 9, 2 / 9, 3 / 9])
  })

  test('says so when training diverges, and stops when it is told to', async () => {
    const engine = await nodeEngine('cpu')
    const options = { engine, padding: 0, batch: 4, learningRate: 1e38 }
    await expect(trainClassifier(config, sequences, labels, options)).rejects.toThrow(NotFiniteError)
    const controller = new AbortController()
    const steps: number[] = []
    const onProgress = ({ done }: Progress) => {
      steps.push(done)
      controller.abort(new Error('enough'))
    }
    const { signal } = controller
    const stopped = trainClassifier(config, sequences, labels, {
      engine,
      padding: 0,
      batch: 4,
      onProgress,
      signal
    })
    await expect(stopped).rejects.toThrow('enough')
    expect(steps).toHaveLength(1)
  })
})

test('a classifier goes through the files of a model', async () => {
  const engine = await nodeEngine('cpu')
  const options = { engine, padding: 0, batch: 4, epochs: 1 }
  const classifier = await trainClassifier(config, sequences, labels, options)
  const about = {
    vocabulary: { name: 'letters', hash: 'sha256:0' },
    provenance: {},
    metrics: {},
    license: 'none'
  }
  const { weights } = classifier
  const files = modelFiles({ architecture: mlstmClassifier, config, weights, ...about }, 'F32')
  const source = { read: async (name: string) => files[name]! }
  const loaded = await loadModel(source, { architectures: [mlstmClassifier] })
  const padding = { id: 0, side: 'start' } as const
  expect(await classify(loaded.config, loaded.weights, sequences, { engine, batch: 2, padding })).toEqual(
    await classifier.probabilities(sequences)
  )
  await expect(loadModel(source, { architectures: [mlstm] })).rejects.toThrow(
    'format expected "vgm-mlstm", got "vgm-mlstm-classifier"'
  )
})
