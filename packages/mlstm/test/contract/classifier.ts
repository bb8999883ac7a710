import { tensor } from '@tensorflow/tfjs-core'
import { createRandom } from '@vgm/base'
import {
  type Chance,
  compileNamed,
  type Engine,
  floatSpecs,
  type HostArray,
  labelledBatches,
  lossAndGradients,
  prefixed,
  readValues,
  release,
  sizeOf,
  train,
  withPrefix
} from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { type Classifier, mlstmClassifier, trainClassifier } from '../../src/index.js'
import { parameterNames } from '../models.js'
import { type ReferenceModel, referenceRead } from '../reference.js'
import { randomIds } from '../toy.js'

const config = { vocabularySize: 5, embedding: 3, units: 4 }
const padding = 0

/** Words 3 and 4 by chance, with one word among them that tells: 1 in positive examples, 2 in negative ones. */
function toldByOneWord(count: number, seed: number) {
  const random = createRandom(seed)
  const labels = Array.from({ length: count }, (_, k) => (k % 2 === 0 ? 1 : -1))
  const sequences = labels.map(label => {
    const words = Array.from({ length: 6 + random.below(6) }, () => 3 + random.below(2))
    words[random.below(words.length)] = label === 1 ? 1 : 2
    return words
  })
  return { sequences, labels }
}

/** What a classifier says of a sequence, in double precision. */
function referenceProbability(classifier: Classifier, words: readonly number[]): number {
  const { weights } = classifier
  const model = {
    config: classifier.config,
    weights: { ...weights, bo: [], wo: [] }
  } as unknown as ReferenceModel
  const { state } = referenceRead(model, words)
  const odds = state.h.reduce((sum, h, k) => sum + h * weights.wo![k]!, weights.bo![0]!)
  return 1 / (1 + Math.exp(-odds))
}

/** Classifiers as a user sees them, and the gradient that they learn by. */
export function classifierContract(engine: () => Engine): void {
  describe('trainClassifier', () => {
    const small = { padding, batch: 16, epochs: 1, seed: 3 }
    const { sequences, labels } = toldByOneWord(32, 1)
    const trained = (options: object) =>
      trainClassifier(config, sequences, labels, { engine: engine(), ...small, ...options })

    test('the gradient is what the loss does when a parameter moves (±0.01: rtol 1%, atol 1e-4)', async () => {
      const [batch, words] = [3, 5]
      const specs = {
        ...prefixed('parameter', floatSpecs(mlstmClassifier.parameters(config))),
        ids: { shape: [words, batch], dtype: 'int32' },
        labels: { shape: [batch], dtype: 'int32' },
        weights: { shape: [batch], dtype: 'float32' }
      } as const
      const kept = Float32Array.from({ length: batch * config.units }, (_, k) => (k % 3 === 0 ? 0 : 1.5))
      const chance: Chance = { mask: (_, shape) => tensor(kept, [...shape], 'float32') }
      const architecture: typeof mlstmClassifier = {
        ...mlstmClassifier,
        window: (parameters, given, state) =>
          mlstmClassifier.window(parameters, given, state, { config, chance })
      }
      const [slopes, losses] = await Promise.all([
        compileNamed(engine(), {
          inputs: specs,
          outputs: ['loss', ...parameterNames],
          compute(inputs) {
            const parameters = withPrefix('parameter', inputs)
            const { loss, gradients } = lossAndGradients(architecture, config, parameters, inputs, {})
            return { loss, ...gradients }
          }
        }),
        compileNamed(engine(), {
          inputs: specs,
          outputs: ['loss'],
          compute(inputs) {
            const { loss } = mlstmClassifier.window(
              withPrefix('parameter', inputs),
              inputs,
              {},
              { config, chance }
            )
            return { loss }
          }
        })
      ])
      const random = createRandom(5)
      const inputs: Record<string, HostArray> = {
        ids: Int32Array.from(randomIds(words * batch, config.vocabularySize, 6)),
        labels: Int32Array.of(1, 0, 1),
        weights: Float32Array.of(0.5, 0.5, 0) // the last row is there to fill the batch
      }
      for (const [name, shape] of Object.entries(mlstmClassifier.parameters(config))) {
        inputs[`parameter.${name}`] = Float32Array.from(
          { length: sizeOf(shape) },
          () => 2 * random.next() - 1
        )
      }
      const outputs = await slopes.run(inputs)
      const { loss, ...gradients } = await readValues(outputs)
      release(Object.values(outputs))
      const lossNow = async () => {
        const { loss } = await losses.run(inputs)
        const [value] = await loss!.read()
        release([loss!])
        return value!
      }
      expect(loss![0]).toBeCloseTo(await lossNow(), 6)
      for (const name of parameterNames) {
        const gradient = gradients[name]!
        const steepest = gradient.reduce(
          (best, g, k) => (Math.abs(g) > Math.abs(gradient[best]!) ? k : best),
          0
        )
        expect(Math.abs(gradient[steepest]!), `${name} has a slope to measure`).toBeGreaterThan(1e-3)
        const parameter = inputs[`parameter.${name}`]!
        for (const entry of new Set([steepest, 0, gradient.length - 1])) {
          const value = parameter[entry]!
          parameter[entry] = value + 0.01
          const above = await lossNow()
          parameter[entry] = value - 0.01
          const below = await lossNow()
          parameter[entry] = value
          const tolerance = { rtol: 1e-2, atol: 1e-4 }
          expectClose(
            [(above - below) / 0.02],
            [gradient[entry]!],
            tolerance,
            `slope along ${name}[${entry}]`
          )
        }
      }
      slopes.dispose()
      losses.dispose()
    })

    test('learns which word tells, and knows it in sequences it has not seen', async () => {
      const settings = { batch: 32, epochs: 16, learningRate: 0.15 }
      const classes = Int32Array.from(labels, label => (label === 1 ? 1 : 0))
      const source = labelledBatches(sequences, classes, {
        batch: 32,
        padding: { id: padding, side: 'start' }
      })
      const losses: number[] = []
      const options = { engine: engine(), ...settings, warmUpSteps: 0, seed: 3 }
      for await (const event of train(mlstmClassifier, config, source, options)) {
        if (event.type === 'step') losses.push(event.loss)
      }
      const classifier = await trained(settings)
      expect(losses).toHaveLength(16)
      expect(losses[0]).toBeCloseTo(Math.LN2, 6)
      expect(losses.at(-1)).toBeLessThan(0.2)
      const unseen = toldByOneWord(20, 2)
      const probabilities = await classifier.probabilities(unseen.sequences)
      expect([...probabilities].map(p => (p > 0.5 ? 1 : -1))).toEqual(unseen.labels)
    })

    test('the same seed gives the same weights, whatever is left out; another seed others', async () => {
      const [first, again, other] = [
        await trained({ dropout: 0.5 }),
        await trained({ dropout: 0.5 }),
        await trained({ dropout: 0.5, seed: 4 })
      ]
      expect(again.weights).toEqual(first.weights)
      expect((await trained({})).weights.wo).not.toEqual(first.weights.wo)
      expect(other.weights.wo).not.toEqual(first.weights.wo)
    })

    test('reads a sequence behind silence up to 64 words, whatever is read with it (rtol 1e-4)', async () => {
      const classifier = await trained({})
      const read = [sequences[0]!, [], randomIds(70, 5, 1), ...sequences.slice(1, 18)].map(ids => [...ids])
      const expected = read.map(ids => {
        const length = ids.length > 64 ? 128 : 64
        return referenceProbability(classifier, [...new Array(length - ids.length).fill(padding), ...ids])
      })
      const probabilities = await classifier.probabilities(read)
      expectClose(probabilities, expected, { rtol: 1e-4, atol: 0 }, 'probabilities')
      expect(await classifier.probabilities([read[2]!])).toEqual(probabilities.subarray(2, 3))
    })

    test('or before silence, if that is asked for (rtol 1e-4)', async () => {
      const classifier = await trained({ side: 'end' })
      const words = [...sequences[0]!, ...new Array(64 - sequences[0]!.length).fill(padding)]
      const expected = [referenceProbability(classifier, words)]
      const probabilities = await classifier.probabilities(sequences.slice(0, 1))
      expectClose(probabilities, expected, { rtol: 1e-4, atol: 0 }, 'probability')
    })
  })
}
