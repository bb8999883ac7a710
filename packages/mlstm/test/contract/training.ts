import { createRandom, InvalidOptionError, VgmError } from '@vgm/base'
import {
  type Checkpoint,
  type Engine,
  learningRateAt,
  parametersOf,
  prefixed,
  type ShardedData,
  type TrainEvent,
  type TrainingData,
  zeros
} from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { mlstm } from '../../src/index.js'
import { evaluate, train } from '../library.js'
import { freshModel, golden, modelOf, parameterNames, weightsOf } from '../models.js'
import { referenceRead, zeroState } from '../reference.js'
import {
  coinEntropy,
  coinPiece,
  collect,
  collectUntil,
  lastCheckpoint,
  ofType,
  randomIds,
  toyConfig,
  toyData,
  toyEnd
} from '../toy.js'

const small = { endOfPiece: toyEnd, batch: 2, window: 4, epochs: 2, warmUpSteps: 3, learningRate: 0.05 }

/** Training runs as a user sees them: events, learning, validation, early stopping. */
export function trainingContract(engine: () => Engine): void {
  describe('train', () => {
    const start = (options: object, data: TrainingData | ShardedData = toyData) =>
      train(toyConfig, data, { engine: engine(), ...small, ...options })
    const run = (...given: Parameters<typeof start>) => collect(start(...given))

    test('tells every step with its rate and its share of the run, and ends every epoch with a checkpoint', async () => {
      const events = await run({})
      const words = 3 * 10 + 4 + 8 // of the three pieces
      const windows = Math.floor(Math.floor(words / 2) / 4)
      const epoch = [...new Array(windows).fill('step'), 'epoch', 'checkpoint']
      expect(events.map(event => event.type)).toEqual([...epoch, ...epoch])
      const steps = ofType(events, 'step')
      for (const [k, step] of steps.entries()) {
        expect(step).toMatchObject({ step: k + 1, epoch: k < windows ? 1 : 2, words: 8 })
        expect(step.progress).toBeCloseTo((k + 1) / (2 * windows), 12)
        expect(step.learningRate).toBeCloseTo(learningRateAt(small, k, k / (2 * windows)), 12)
        expect(step.norm).toBeGreaterThan(0)
      }
      const mean = (from: number) =>
        steps.slice(from, from + windows).reduce((total, { loss }) => total + loss, 0) / windows
      const losses = ofType(events, 'epoch').map(({ loss }) => loss)
      expect(losses[0]).toBeCloseTo(mean(0), 12)
      expect(losses[1]).toBeCloseTo(mean(windows), 12)
    })

    test("goes on from PyTorch's weights to PyTorch's: words, rates, clipping, Adam (rtol 1e-4, atol 1e-6)", async () => {
      // Lanes of four windows. The first is made up and lies behind; the others are those of the golden file.
      const { lanes: batch, window, maxNorm, steps, h, c } = golden
      const stream = Array.from({ length: batch }, (_, lane) => {
        const column = (key: 'ids' | 'targets') =>
          steps.flatMap(step => step[key].filter((_, at) => at % batch === lane))
        const joint = lane === 0 ? toyEnd : steps.at(-1)!.targets.at(lane - 1 - batch)!
        return [joint, ...new Array<number>(window - 1).fill(1), ...column('ids')]
      }).flat()
      const piece = [...stream.slice(1), steps.at(-1)!.targets.at(-1)!]
      const weights = weightsOf(golden.parameters)
      const none = zeros(mlstm.parameters(golden.config))
      const settings = {
        maxNorm,
        epochs: 1,
        learningRate: 0.08,
        warmUpSteps: 2,
        patience: 3,
        weightDecay: 0,
        dropout: {},
        seed: 0
      }
      const resume: Checkpoint = {
        architecture: 'vgm-mlstm',
        config: golden.config,
        size: 1,
        batches: { batch, window },
        settings,
        position: {
          epoch: 0,
          shard: 0,
          batch: 1,
          step: 0,
          epochLoss: 0,
          epochSteps: 0,
          best: null,
          random: [...createRandom(0).state()]
        },
        arrays: {
          ...prefixed('parameter', weights),
          ...prefixed('first', none),
          ...prefixed('second', none),
          'state.h': Float32Array.from(h),
          'state.c': Float32Array.from(c)
        }
      }
      const options = { engine: engine(), endOfPiece: toyEnd, batch, window, resume }
      const events = await collect(train(golden.config, { size: 1, piece: () => piece }, options))
      for (const [k, step] of ofType(events, 'step').entries()) {
        const { loss, norm, learningRate } = steps[k]!
        const found = [step.loss, step.norm, step.learningRate]
        expectClose(
          found,
          [loss, norm, learningRate],
          { rtol: 1e-4, atol: 0 },
          `loss, norm, rate of step ${k}`
        )
      }
      const after = parametersOf(lastCheckpoint(events).arrays)
      for (const name of parameterNames) {
        expectClose(after[name]!, steps.at(-1)!.parameters[name], { rtol: 1e-4, atol: 1e-6 }, name)
      }
      expect(ofType(events, 'step')).toHaveLength(3)
    })

    test('carries the state from window to window, and begins every piece and every epoch from zero (rtol 1e-5)', async () => {
      const words = [...randomIds(36, 5, 1)] // pieces of five words or so
      expect(words.filter(id => id === toyEnd).length).toBeGreaterThan(3)
      const data = { size: 1, piece: () => words }
      // At this rate no weight moves, so each epoch has the losses of the model that the seed makes.
      const events = await run({ learningRate: 1e-30, seed: 4 }, data)
      const model = freshModel(toyConfig, 4)
      const expected = new Array<number>(4).fill(0)
      for (const lane of [0, 1]) {
        let state = zeroState(model)
        for (let k = 0; k < 16; k++) {
          const at = lane * 18 + k
          const id = at === 0 ? toyEnd : words[at - 1]!
          const before = id === toyEnd ? zeroState(model) : state
          const read = referenceRead(model, [id], [words[at]!], before)
          expected[k >> 2]! += read.loss / 8
          state = read.state
        }
      }
      const losses = ofType(events, 'step').map(({ loss }) => loss)
      expectClose(losses, [...expected, ...expected], { rtol: 1e-5, atol: 0 }, 'losses')
    })

    test('reads one shard after another in every epoch, each from the zero state', async () => {
      const shardOf = (index: number) => ({ size: 1, piece: () => randomIds(20 + 16 * index, 5, index) })
      const asked: number[] = []
      const shard = async (index: number) => {
        asked.push(index)
        return shardOf(index)
      }
      const settings = { learningRate: 1e-30, seed: 4 }
      const lossesOf = (events: TrainEvent[]) => ofType(events, 'step').map(({ loss }) => loss)
      const alone = await Promise.all(
        [0, 1].map(async index => lossesOf(await run(settings, shardOf(index))))
      )
      const expected = [0, 1].flatMap(epoch => {
        const steps = alone.map(losses =>
          losses.slice((epoch * losses.length) / 2).slice(0, losses.length / 2)
        )
        return steps.flat()
      })

      const events = await run(settings, { size: 2, shards: 2, shard })
      expect(asked).toEqual([0, 1, 0, 1])
      expect(lossesOf(events)).toEqual(expected)
      const [epoch] = ofType(events, 'epoch')
      const half = expected.slice(0, expected.length / 2)
      expect(epoch?.loss).toBeCloseTo(half.reduce((total, loss) => total + loss, 0) / half.length, 12)
      expect(ofType(events, 'epoch')).toHaveLength(2)
      expect(ofType(events, 'step').map(({ progress }) => progress)).toEqual([
        ...[0.125, 0.25, 0.3125, 0.375, 0.4375, 0.5],
        ...[0.625, 0.75, 0.8125, 0.875, 0.9375, 1]
      ])
    })

    test('begins with the weights it is given', async () => {
      const data = { size: 1, piece: () => randomIds(36, 5, 1) }
      const lossesOf = async (options: object) =>
        ofType(await run({ learningRate: 1e-30, ...options }, data), 'step').map(({ loss }) => loss)
      const initial = freshModel(toyConfig, 9).weights
      expect(await lossesOf({ seed: 4, initial })).toEqual(await lossesOf({ seed: 9 }))
      expect(await lossesOf({ seed: 4 })).not.toEqual(await lossesOf({ seed: 9 }))
    })

    test('gives the same weights for the same seed and others for another', async () => {
      const weightsOf = async (seed: number) => parametersOf(lastCheckpoint(await run({ seed })).arrays)
      const [once, again, other] = [await weightsOf(1), await weightsOf(1), await weightsOf(2)]
      expect(again).toEqual(once)
      for (const name of ['embedding', 'wx', 'wmx', 'wmh', 'wm', 'b', 'wo', 'bo'] as const) {
        expect(other[name], name).not.toEqual(once[name])
      }
    })

    test('learns a language down to its entropy: a coin, then a word that follows from it', async () => {
      const pieces = [1, 2, 3, 4].map(seed => coinPiece(128, seed))
      const data = { size: pieces.length, piece: (index: number) => pieces[index]! }
      const settings = { batch: 32, window: 4, epochs: 10, learningRate: 0.08, warmUpSteps: 5 }
      const events = await run(settings, data)
      const losses = ofType(events, 'epoch').map(({ loss }) => loss)
      expect(losses[0]).toBeGreaterThan(2 * coinEntropy)
      const model = modelOf(toyConfig, parametersOf(lastCheckpoint(events).arrays))
      const unseen = [11, 12].map(seed => coinPiece(60, seed))
      const { crossEntropy } = await evaluate(model, unseen, { endOfPiece: toyEnd, engine: engine() })
      expect(crossEntropy).toBeGreaterThan(coinEntropy - 0.01)
      expect(crossEntropy).toBeLessThan(coinEntropy * 1.25)
    })

    test('hands over the weights of every best epoch: evaluate measures what was reported', async () => {
      const validation = [coinPiece(10, 1), coinPiece(3, 2)]
      const events = await run({ validation, epochs: 3 })
      const validations = ofType(events, 'validation')
      expect(validations.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
      let best = Number.POSITIVE_INFINITY
      for (const { crossEntropy, improved } of validations) {
        expect(improved !== undefined).toBe(crossEntropy < best)
        best = Math.min(best, crossEntropy)
        if (improved === undefined) continue
        const options = { endOfPiece: toyEnd, engine: engine() }
        const measured = await evaluate(modelOf(toyConfig, improved), validation, options)
        expect(measured.crossEntropy).toBe(crossEntropy)
      }
      expect(lastCheckpoint(events).position.best?.crossEntropy).toBe(best)
      const after = (index: number) => events[index + 1]?.type
      for (const [index, { type }] of events.entries()) {
        if (type === 'epoch') expect(after(index)).toBe('validation')
        if (type === 'validation') expect(after(index)).toBe('checkpoint')
      }
    })

    test('stops when `patience` epochs in a row were no better than the best', async () => {
      const data = { size: 1, piece: () => new Array(60).fill(1) }
      // The more it expects 1, the worse it does on 2: only the first epoch improves on nothing.
      const settings = { validation: [[2, 2, 2, 2]], epochs: 9, patience: 2, learningRate: 0.1 }
      const events = await run(settings, data)
      const validations = ofType(events, 'validation')
      expect(validations.map(event => event.improved !== undefined)).toEqual([true, false, false])
      expect(lastCheckpoint(events).position).toMatchObject({ epoch: 3, best: { epoch: 1 } })
      expect(ofType(await run({ ...settings, patience: 0, epochs: 5 }, data), 'validation')).toHaveLength(5)
    })

    test('takes a step before it heeds a signal, and leaves a checkpoint', async () => {
      const events = await collectUntil(start({ signal: AbortSignal.abort(new Error('enough')) }), 'enough')
      expect(events.map(({ type }) => type)).toEqual(['step', 'checkpoint'])
      expect(lastCheckpoint(events).position).toMatchObject({ epoch: 0, batch: 1, step: 1 })
    })

    test('refuses settings out of range, words outside the vocabulary and too little music', async () => {
      const bad: [object, string][] = [
        [{ epochs: 0 }, 'train: epochs expected an integer ≥ 1, got 0'],
        [{ batch: 1.5 }, 'train: batch'],
        [{ window: 0 }, 'train: window'],
        [{ learningRate: 0 }, 'train: learningRate'],
        [{ warmUpSteps: -1 }, 'train: warmUpSteps'],
        [{ maxNorm: Number.NaN }, 'train: maxNorm'],
        [{ patience: -1 }, 'train: patience'],
        [{ seed: -1 }, 'seed'],
        [{ checkpointSteps: 0 }, 'train: checkpointSteps'],
        [{ endOfPiece: 5 }, 'train: endOfPiece expected an integer from 0 to 4, got 5'],
        [{ validation: [[5]] }, 'train: pieces[0][0] expected an id from 0 to 4, got 5']
      ]
      for (const [options, message] of bad) {
        const error = await run(options).catch((reason: unknown) => reason)
        expect(error, message).toBeInstanceOf(InvalidOptionError)
        expect((error as Error).message).toContain(message)
      }
      for (const id of [5, -1, 2 ** 16 + 1, 1.5]) {
        const data = { size: 1, piece: () => [...new Array(20).fill(1), id] }
        const error = await run({}, data).catch((reason: unknown) => reason)
        expect((error as Error).message).toBe(
          `train: data.piece(0)[20] expected an id from 0 to 4, got ${id}`
        )
      }
      const short = { size: 1, piece: () => [1, 2, 3] }
      const error = await run({}, short).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(VgmError)
      expect(error).toMatchObject({ code: 'TOO_FEW_WORDS' })
    })
  })
}
