import { InvalidOptionError, ShapeError } from '@vgm/base'
import { type Engine, openModel } from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import type { LearnSteeringOptions, LearnSteeringStep } from '../../src/index.js'
import { SteeringGradient } from '../../src/steering-gradient.js'
import { learnSteering } from '../library.js'
import { goldenModel } from '../models.js'
import { referenceCrossEntropy, referenceLogits, referenceStep, zeroState } from '../reference.js'

const endOfPiece = 10
const { config } = goldenModel
const wanted = 3

/** The share of one word. */
const reward = (pieces: readonly Uint16Array[]) =>
  pieces.map(piece => piece.filter(id => id === wanted).length / piece.length)

/** Learning what to add to the memory: its gradient, that it earns more, and that it can be interrupted. */
export function steeringContract(engine: () => Engine): void {
  const learn = async (
    options: Partial<LearnSteeringOptions<unknown>> = {}
  ): Promise<LearnSteeringStep[]> => {
    const all = { reward, seed: 3, endOfPiece, steps: 8, count: 48, words: 8, learningRate: 0.3 }
    const steps: LearnSteeringStep[] = []
    for await (const step of learnSteering(goldenModel, { ...all, engine: engine(), ...options }))
      steps.push(step)
    return steps
  }

  describe('learning a steering', () => {
    test('the gradient is what the likelihood does when an offset moves, cut every 64 words (rtol 1e-3, atol 1e-5)', async () => {
      const long = Uint16Array.from({ length: 70 }, (_, k) => 1 + ((k * k) % 9))
      for (const pieces of [
        [Uint16Array.of(3, 1, 4, 1, 5), Uint16Array.of(9, 2, 6)],
        [long, long.subarray(0, 10)]
      ]) {
        const shares = [1, -0.5]
        const shift = Float32Array.from({ length: config.units }, (_, unit) => 0.1 * (unit - 3))
        const words = pieces.reduce((sum, { length }) => sum + length, 0)
        /** Every window begins with the state that the offsets as they are lead to. */
        const likelihoodWith = (offsets: ArrayLike<number>) => {
          let total = 0
          for (const [row, piece] of pieces.entries()) {
            let [state, still] = [zeroState(goldenModel), zeroState(goldenModel)]
            for (const [t, target] of piece.entries()) {
              if (t % 64 === 0) state = still
              const id = piece[t - 1] ?? endOfPiece
              const added = (by: ArrayLike<number>) => ({ steer: (c: number, unit: number) => c + by[unit]! })
              state = referenceStep(goldenModel, id, state, added(offsets))
              still = referenceStep(goldenModel, id, still, added(shift))
              total -=
                (shares[row]! * referenceCrossEntropy(referenceLogits(goldenModel, state), target)) / words
            }
          }
          return total
        }
        const slopes = Array.from(shift, (_, unit) => {
          const moved = (by: number) => Float64Array.from(shift, (value, k) => value + (k === unit ? by : 0))
          return (likelihoodWith(moved(1e-4)) - likelihoodWith(moved(-1e-4))) / 2e-4
        })
        const longest = Math.max(...pieces.map(({ length }) => length))
        const opened = await openModel(goldenModel, { engine: engine() })
        const likelihood = await SteeringGradient.create(opened, pieces.length, longest)
        const gradient = await likelihood.of(shift, pieces, shares, endOfPiece)
        likelihood.dispose()
        opened.dispose()
        expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.01)
        expectClose(gradient, slopes, { rtol: 1e-3, atol: 1e-5 }, `gradient of ${words} words`)
      }
    })

    test('what is composed earns more and more, with the chosen units alone', async () => {
      const steps = await learn()
      expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 8 }, (_, k) => k + 1))
      expect(steps[0]!.meanReward).toBeLessThan(0.2)
      expect(steps.at(-1)!.meanReward).toBeGreaterThan(2 * steps[0]!.meanReward)
      const few = await learn({ neurons: Int32Array.of(5, 2), steps: 2 })
      expect([...few[1]!.steering.neurons]).toEqual([5, 2])
      expect(few[1]!.steering.offsets.every(offset => offset !== 0)).toBe(true)
    })

    test('the same seed learns the same, at once or resumed from a state that went through JSON', async () => {
      const short = { steps: 4, count: 8 }
      const whole = await learn(short)
      const again = await learn(short)
      expect(again).toEqual(whole)
      const resume = JSON.parse(JSON.stringify(whole[1]!.state))
      expect(await learn({ ...short, resume })).toEqual(whole.slice(2))
      expect(await learn({ ...short, resume: JSON.parse(JSON.stringify(whole[3]!.state)) })).toEqual([])
    })

    test('pieces that are all worth the same move nothing', async () => {
      const [step] = await learn({ steps: 1, reward: pieces => pieces.map(() => 7) })
      expect(step!.meanReward).toBe(7)
      expect(step!.steering.offsets.every(offset => offset === 0)).toBe(true)
    })

    test('rewards and states that do not fit are refused', async () => {
      await expect(learn({ reward: () => [1] })).rejects.toThrow(ShapeError)
      await expect(learn({ reward: pieces => pieces.map(() => Number.NaN) })).rejects.toThrow(
        'learnSteering: reward[0] expected a finite number, got NaN'
      )
      const state = { step: 1, offsets: [1], first: [1], second: [1], random: [1, 2, 3, 4] }
      await expect(learn({ resume: state })).rejects.toThrow(
        'learnSteering: resume.offsets expected 7 numbers, got 1'
      )
      await expect(learn({ resume: { ...state, step: -1 } })).rejects.toThrow(InvalidOptionError)
      await expect(learn({ resume: { ...state, random: [1] } })).rejects.toThrow(
        'learnSteering: resume.random expected 4 integers'
      )
      for (const wrong of [{ steps: 0 }, { count: 1 }, { words: 0 }, { learningRate: 0 }]) {
        await expect(learn(wrong)).rejects.toThrow(InvalidOptionError)
      }
      await expect(learn({ neurons: Int32Array.of(1, 1) })).rejects.toThrow('each unit once')
    })
  })
}
