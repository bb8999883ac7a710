import { createRandom } from '@vgm/base'
import { type Engine, NotFiniteError, sizeOf, type TrainEvent, type Weights } from '@vgm/nn'
import { watchedEngine } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { mlstm, type ParameterName, trainClassifier } from '../../src/index.js'
import { type LaneTraining, learnSteering, readCheckpoint, train, writeCheckpoint } from '../library.js'
import { goldenModel } from '../models.js'
import { collect, lastCheckpoint, ofType, toyConfig, toyData, toyEnd } from '../toy.js'

const shape = { endOfPiece: toyEnd, batch: 2, window: 4 }
const settings = { ...shape, epochs: 2, warmUpSteps: 3, learningRate: 0.05 }

/** Fresh weights, some of them multiplied. */
function scaledWeights(seed: number, scales: Partial<Record<ParameterName, number>>): Weights {
  const weights: Record<string, Float32Array> = { ...mlstm.initial(toyConfig, createRandom(seed)) }
  for (const [name, scale] of Object.entries(scales)) {
    weights[name] = weights[name]!.map(value => value * scale)
  }
  return weights
}

/** An engine on which the learning rate of the `step`th run of a training is infinite: its new weights are no numbers. */
function derailed(engine: Engine, step: number): Engine {
  let steps = 0
  return watchedEngine(engine, {
    run(inputs) {
      const isStep = inputs.length > 24
      if (!isStep || ++steps !== step) return inputs
      // Rate and correction are the last two inputs.
      return [...inputs.slice(0, -2), Float32Array.of(Number.POSITIVE_INFINITY), inputs.at(-1)!]
    }
  })
}

/** An engine whose `n`th program with constants gets constants that are no numbers. */
function mistaken(engine: Engine, n: number): Engine {
  let programs = 0
  return watchedEngine(engine, {
    compile: constants =>
      constants !== undefined && ++programs === n
        ? constants.map(values => new Float32Array(values.length).fill(Number.NaN))
        : constants
  })
}

/** An engine whose `n`th reading begins with tables that are no numbers. */
function misread(engine: Engine, n: number): Engine {
  let readings = 0
  return watchedEngine(engine, {
    run(inputs) {
      // Six tables, a state, the last readout, a mask, words, and the words that follow.
      if (inputs.length !== 12 || ++readings !== n) return inputs
      const [first, ...rest] = inputs
      const size = 'read' in first! ? sizeOf(first.shape) : first!.length
      return [new Float32Array(size).fill(Number.NaN), ...rest]
    }
  })
}

/** Training that diverges: an error at once, and nothing from after it is handed out. */
export function divergenceContract(engine: () => Engine): void {
  describe('training that diverges', () => {
    const start = (options: Partial<LaneTraining>) =>
      train(toyConfig, toyData, { engine: engine(), ...settings, ...options })

    /** The events of a run until it fails, and what it fails with. */
    const outcome = async (run: AsyncIterable<TrainEvent>) => {
      const events: TrainEvent[] = []
      try {
        for await (const event of run) events.push(event)
      } catch (error) {
        return { events, error }
      }
      return { events, error: undefined }
    }

    test.each<[string, Weights, string]>([
      ['norm is infinite, beyond 1.8e19', scaledWeights(1, { wo: 1e25 }), 'the norm of step 1'],
      [
        'norm is no number while the loss is one',
        scaledWeights(2, { wo: 3e37, embedding: 10, wm: 10 }),
        'the norm of step 1'
      ],
      ['loss is no number', scaledWeights(1, { wo: 2e38, embedding: 10 }), 'the loss of step 1']
    ])('ends at the step whose %s, before its weights are handed out', async (_, initial, value) => {
      const { events, error } = await outcome(start({ initial, checkpointSteps: 1 }))
      expect(error).toBeInstanceOf(NotFiniteError)
      expect(error).toMatchObject({ code: 'NOT_FINITE', value })
      expect(events).toEqual([])
    })

    test('ends before a checkpoint with numbers that are none, and goes on from the one before as if nothing had been', async () => {
      const whole = await collect(start({ checkpointSteps: 1 }))
      const { events, error } = await outcome(start({ checkpointSteps: 1, engine: derailed(engine(), 3) }))
      expect(error).toMatchObject({
        code: 'NOT_FINITE',
        value: expect.stringMatching(/^parameter\.\w+\[\d+\] after step 3$/)
      })
      const checkpoint = lastCheckpoint(events)
      expect(checkpoint.position.step).toBe(2)
      const resume = readCheckpoint(writeCheckpoint(checkpoint), 'checkpoint')
      const rest = await collect(train(toyConfig, toyData, { engine: engine(), ...shape, resume }))
      expect(lastCheckpoint(rest)).toEqual(lastCheckpoint(whole))
    })

    test('ends where no checkpoint was due at the next step', async () => {
      const { events, error } = await outcome(start({ engine: derailed(engine(), 3) }))
      expect(error).toMatchObject({ code: 'NOT_FINITE', value: 'the loss of step 4' })
      expect(ofType(events, 'checkpoint')).toEqual([])
    })

    test('a validation that is no number is never the best', async () => {
      const validation = [[1, 2, toyEnd]]
      const events = await collect(start({ validation, engine: misread(engine(), 1) }))
      const [first, second] = ofType(events, 'validation')
      expect(first).toEqual({ type: 'validation', epoch: 1, crossEntropy: Number.NaN })
      expect(second!.improved).toBeDefined()
      for (const { checkpoint } of ofType(events, 'checkpoint')) {
        expect(readCheckpoint(writeCheckpoint(checkpoint), 'checkpoint')).toEqual(checkpoint)
      }
      expect(lastCheckpoint(events).position.best).toEqual({ crossEntropy: second!.crossEntropy, epoch: 2 })
    })
  })

  describe('a search for a steering that diverges', () => {
    const reward = (pieces: readonly Uint16Array[]) => pieces.map(([word]) => word!)
    const options = { endOfPiece: 10, seed: 1, reward, steps: 2, count: 4, words: 3 }

    test('ends at the step whose gradient is not finite', async () => {
      const search = learnSteering(goldenModel, {
        ...options,
        // The first program with constants is that of the gradient.
        engine: mistaken(engine(), 1)
      })
      await expect(search.next()).rejects.toMatchObject({
        code: 'NOT_FINITE',
        value: 'the gradient of step 1'
      })
    })

    test('ends at the step that leads to an offset beyond float32', async () => {
      const search = learnSteering(goldenModel, { ...options, engine: engine(), learningRate: 1e300 })
      await expect(search.next()).rejects.toMatchObject({
        code: 'NOT_FINITE',
        value: 'an offset after step 1'
      })
    })
  })

  describe('a classifier that diverges', () => {
    const sequences = [
      [1, 2],
      [3, 4, 1]
    ]
    const options = { padding: 0, batch: 2, epochs: 3 }

    test('ends at the step whose loss or norm is no number, or with the validation that is none', async () => {
      const run = (using: Engine, more: object = {}) =>
        trainClassifier(toyConfig, sequences, [1, 0], { engine: using, ...options, ...more })
      await expect(run(engine(), { learningRate: 1e38 })).rejects.toMatchObject({
        code: 'NOT_FINITE',
        value: expect.stringMatching(/^parameter\.\w+\[\d+\] after step 1$/)
      })
      const validation = { sequences, labels: [1, 0] }
      await expect(run(derailed(engine(), 1), { validation })).rejects.toMatchObject({
        code: 'NOT_FINITE',
        value: expect.stringMatching(/^parameter\.\w+\[\d+\] after step 1$/)
      })
    })
  })
}
