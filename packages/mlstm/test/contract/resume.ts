import { InvalidOptionError } from '@vgm/base'
import type { Checkpoint, Engine, ShardedData, TrainEvent, TrainingData } from '@vgm/nn'
import { watchedEngine } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { type LaneTraining, readCheckpoint, train, writeCheckpoint } from '../library.js'
import {
  collect,
  collectUntil,
  lastCheckpoint,
  ofType,
  toyConfig,
  toyData,
  toyEnd,
  toyShards
} from '../toy.js'

const shape = { endOfPiece: toyEnd, batch: 2, window: 4 }
const settings = {
  ...shape,
  epochs: 2,
  warmUpSteps: 3,
  learningRate: 0.05,
  weightDecay: 0.1,
  dropout: { embedding: 0.2, recurrent: 0.1, output: 0.3 },
  seed: 3
}

/** What a run leaves behind: every loss, and the parameters, moments and state at its end. */
function outcome(events: readonly TrainEvent[]) {
  const { arrays, position } = lastCheckpoint(events)
  const epochs = ofType(events, 'epoch').map(({ loss }) => loss)
  return { steps: ofType(events, 'step').map(({ loss }) => loss), epochs, arrays, position }
}

/** A run that was stopped goes on as if it had not been: bit for bit. */
export function resumeContract(engine: () => Engine): void {
  describe.each([
    ['resuming', toyData],
    ['resuming with shards', toyShards]
  ])('%s', (_, data) => {
    const start = (options: Partial<LaneTraining>) =>
      train(toyConfig, data, { engine: engine(), ...settings, ...options })

    /** Goes on after a checkpoint that has been through a file. */
    const resumed = async (checkpoint: Checkpoint, options: Partial<LaneTraining> = {}) => {
      const resume = readCheckpoint(writeCheckpoint(checkpoint), 'checkpoint')
      return collect(train(toyConfig, data, { engine: engine(), ...shape, resume, ...options }))
    }

    test('from the checkpoint after any step gives the same losses and the same weights', async () => {
      const events = await collect(start({ checkpointSteps: 1 }))
      const whole = outcome(events)
      const checkpoints = ofType(events, 'checkpoint')
      expect(checkpoints.map(({ checkpoint }) => checkpoint.position.step)).toEqual(
        whole.steps.map((_, k) => k + 1)
      )
      const few = checkpoints.filter((_, k) => checkpoints.length <= 10 || k % 3 === 2) // the end of a shard among them
      for (const { checkpoint } of few.filter(
        ({ checkpoint }) => checkpoint.position.step < whole.steps.length
      )) {
        const rest = outcome(await resumed(checkpoint))
        expect(rest.steps).toEqual(whole.steps.slice(checkpoint.position.step))
        expect(rest.epochs).toEqual(whole.epochs.slice(checkpoint.position.epoch))
        expect(rest.arrays).toEqual(whole.arrays)
        expect(rest.position).toEqual(whole.position)
      }
      expect(await resumed(checkpoints.at(-1)!.checkpoint), 'a run that is over').toEqual([])
    })

    test('after an abort at any event, the last step of an epoch and validation among them', async () => {
      const validation = [[1, 2, 3, toyEnd]]
      const events = await collect(start({ validation }))
      const whole = outcome(events)
      const windows = events.findIndex(({ type }) => type === 'epoch')
      const stops: [string, (event: TrainEvent) => boolean][] = [
        ['step 2', event => event.type === 'step' && event.step === 2],
        ['the last step of an epoch', event => event.type === 'step' && event.step === windows],
        ['the end of an epoch', event => event.type === 'epoch'],
        ['validation', event => event.type === 'validation'],
        ['a step of epoch 2', event => event.type === 'step' && event.step === windows + 3]
      ]
      for (const [name, isStop] of stops) {
        const controller = new AbortController()
        const before: TrainEvent[] = []
        const run = async () => {
          for await (const event of start({ validation, signal: controller.signal })) {
            before.push(event)
            if (isStop(event)) controller.abort(new Error('enough'))
          }
        }
        await expect(run(), name).rejects.toThrow('enough')
        expect(before.at(-1)?.type, name).toBe('checkpoint')
        expect(before.length, name).toBeLessThan(events.length)
        const rest = await resumed(lastCheckpoint(before), { validation })
        const both = outcome([...before, ...rest])
        expect(both, name).toEqual(whole)
        const validations = ofType([...before, ...rest], 'validation')
        expect(validations, name).toEqual(ofType(events, 'validation'))
      }
    })

    test('after an abort while it validates, which does not go on to the end', async () => {
      const validation = [new Array(66).fill(1)] // two windows
      const events = await collect(start({ validation, epochs: 1 }))
      const controller = new AbortController()
      let runs = 0
      const using = watchedEngine(engine(), {
        run(inputs) {
          // A reading takes six tables, a state, the last readout, a mask, words, and the words that follow.
          if (inputs.length === 12 && ++runs === 1) controller.abort(new Error('enough'))
          return inputs
        }
      })
      const stopped = start({ validation, epochs: 1, signal: controller.signal, engine: using })
      const before = await collectUntil(stopped, 'enough')
      expect(before.at(-1)?.type).toBe('checkpoint')
      expect(ofType(before, 'validation')).toEqual([])
      expect(runs).toBe(1)
      const rest = await resumed(lastCheckpoint(before), { validation })
      expect(outcome([...before, ...rest])).toEqual(outcome(events))
      expect(ofType([...before, ...rest], 'validation')).toEqual(ofType(events, 'validation'))
    })

    test('refuses other settings, sizes or data than the checkpoint has', async () => {
      const checkpoint = lastCheckpoint(
        await collectUntil(start({ signal: AbortSignal.abort(new Error('enough')) }), 'enough')
      )
      await expect(resumed(checkpoint, { learningRate: 0.01 })).rejects.toThrow(
        'train: learningRate expected 0.05, as in the checkpoint that is resumed, got 0.01'
      )
      const other = (config: object, music: TrainingData | ShardedData = data) =>
        collect(
          train({ ...toyConfig, ...config }, music, {
            engine: engine(),
            ...shape,
            resume: checkpoint
          })
        )
      await expect(other({ units: 7 })).rejects.toThrow(
        'train: config.units expected 6, as in the checkpoint, got 7'
      )
      await expect(other({}, { ...data, size: 2 })).rejects.toThrow(InvalidOptionError)
      await expect(resumed(checkpoint, { learningRate: 0.05, seed: 3 })).resolves.not.toHaveLength(0)
    })
  })
}
