import { expect, test } from 'vitest'
import { defaultTrainSettings } from '../training/train-settings.js'
import { planTraining, stepsPerEpoch } from './plan-training.js'

const sizeOf = (words: number, shards = 1) => ({ words, shards })

test('much music is read in the largest steps', () => {
  const { epochs, warmUpSteps } = defaultTrainSettings
  const [batch, window] = [32, 256]
  expect(planTraining(sizeOf(1_669_193), {})).toEqual({ epochs, batch, window, warmUpSteps: 81 })
  expect(planTraining(sizeOf(9_000_000), {})).toEqual({ epochs, batch, window, warmUpSteps })
})

test.each([600, 3_000, 45_262, 200_000])(
  '%d words get a run of 800 steps, 40 of them an epoch, and warm up for a tenth',
  words => {
    const plan = planTraining(sizeOf(words), {})
    const steps = stepsPerEpoch(sizeOf(words), plan)
    expect(steps).toBeGreaterThanOrEqual(words < 1000 ? 30 : 40)
    expect(steps * plan.epochs).toBeGreaterThanOrEqual(800)
    expect(steps * plan.epochs).toBeLessThan(1000)
    expect(plan.warmUpSteps).toBe(Math.round(0.1 * steps * plan.epochs))
  }
)

test('20 files of 45,262 words: 44 steps an epoch instead of 5', () => {
  expect(planTraining(sizeOf(45_262), {})).toEqual({ batch: 8, window: 128, epochs: 19, warmUpSteps: 84 })
})

test('what is given stays, and the rest is planned around it', () => {
  const plan = planTraining(sizeOf(45_262), { batch: 32, epochs: 2 })
  expect(plan).toMatchObject({ batch: 32, epochs: 2 })
  expect(stepsPerEpoch(sizeOf(45_262), plan)).toBeGreaterThanOrEqual(40)
  expect(plan.warmUpSteps).toBeLessThan(0.2 * 2 * stepsPerEpoch(sizeOf(45_262), plan))
})

test('a window fits into each shard', () => {
  const shards = sizeOf(100_000, 100)
  const plan = planTraining(shards, {})
  expect(plan.batch * plan.window).toBeLessThanOrEqual(1000)
})
