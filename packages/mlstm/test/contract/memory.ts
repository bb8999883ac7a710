import { add, memory, mul } from '@tensorflow/tfjs-core'
import type { Engine } from '@vgm/nn'
import { watchedEngine } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { trainClassifier } from '../../src/index.js'
import { evaluate, finalStates, generate, learnSteering, meanStates, stream, train } from '../library.js'
import { goldenModel } from '../models.js'
import { collect, ofType, toyConfig, toyData, toyEnd } from '../toy.js'

const small = { endOfPiece: toyEnd, batch: 2, window: 2, warmUpSteps: 3, learningRate: 0.01 }
const endOfPiece = 10

/** The numbers from 1 to `count`; of many the first, the last and one between. */
function someOf(count: number): number[] {
  const all = Array.from({ length: count }, (_, k) => k + 1)
  return count <= 6 ? all : all.filter(n => n <= 4 || n === count >> 1 || n === count)
}

type Call = 'compile' | 'run' | 'read'

/** An engine that tells of every call before it does what it is asked to. */
function observed(engine: Engine, tell: (call: Call) => void): Engine {
  return watchedEngine(engine, {
    compile(constants) {
      tell('compile')
      return constants
    },
    run(inputs) {
      tell('run')
      return inputs
    },
    read: () => tell('read')
  })
}

/** An engine whose `n`th call of a kind fails, as one that is out of memory does. */
function failing(engine: Engine, what: Call, n: number): Engine {
  let left = n
  return observed(engine, call => {
    if (call === what && --left === 0) throw new Error('out of memory')
  })
}

/** How many calls of each kind a work makes. */
async function countCalls(engine: Engine, work: (engine: Engine) => Promise<unknown>) {
  const calls = { compile: 0, run: 0, read: 0 }
  await work(observed(engine, call => calls[call]++))
  return calls
}

/** Nothing is left behind: as many tensors, programs and handles after as before. */
export function memoryContract(engine: () => Engine): void {
  describe('memory', () => {
    const alive = () => ({ tensors: memory().numTensors, ...engine().alive?.() })
    const expectNoneLeft = async (work: () => Promise<unknown>) => {
      await work() // what an engine keeps for good, it has now
      const before = alive()
      await work()
      expect(alive()).toEqual(before)
    }

    test('programs and handles are counted until they are disposed', async ({ skip }) => {
      const count = engine().alive
      if (count === undefined) return skip('this engine does not count')
      const before = count()
      const specs = [{ shape: [2], dtype: 'float32' as const }]
      const programs = [1, 2].map(factor => engine().compile(x => [mul(x!, factor), x!], specs))
      const [first, second] = await Promise.all(programs)
      const handles = await first!.run([new Float32Array(2)])
      await expect(second!.run([new Float32Array(3)])).rejects.toThrow()
      const since = () => [count().programs - before.programs, count().handles - before.handles]
      expect(since()).toEqual([2, 2])
      for (const _ of [1, 2]) {
        handles[0]!.dispose()
        second!.dispose()
        expect(since()).toEqual([1, 1])
      }
      handles[1]!.dispose()
      first!.dispose()
      expect(since()).toEqual([0, 0])
    })

    test('20 training steps leave nothing', async () => {
      await expectNoneLeft(async () => {
        const events = await collect(train(toyConfig, toyData, { engine: engine(), ...small, epochs: 2 }))
        expect(ofType(events, 'step').length).toBeGreaterThanOrEqual(20)
      })
    })

    test('training that validates, is abandoned, or meets an error leaves nothing', async () => {
      const validation = [[1, 2, toyEnd]]
      const options = { engine: engine(), ...small, epochs: 2 }
      await expectNoneLeft(() => collect(train(toyConfig, toyData, { ...options, validation })))
      await expectNoneLeft(async () => {
        for await (const { type } of train(toyConfig, toyData, options)) if (type === 'step') break
      })
      await expectNoneLeft(async () => {
        let asked = 0
        const piece: typeof toyData.piece = (...given) => {
          if (++asked > toyData.size) throw new Error('no such piece')
          return toyData.piece(...given)
        }
        const run = collect(train(toyConfig, { size: toyData.size, piece }, options))
        await expect(run).rejects.toThrow('no such piece')
      })
    })

    test('generate, evaluate, finalStates and meanStates leave nothing', async () => {
      const options = { engine: engine(), endOfPiece }
      await expectNoneLeft(() => generate(goldenModel, { ...options, seed: 1, count: 3, maxWords: 5 }))
      await expectNoneLeft(() => evaluate(goldenModel, [[1, 2], [3], []], options))
      await expectNoneLeft(() => finalStates(goldenModel, [[1, 2], [3], []], options))
      await expectNoneLeft(() => meanStates(goldenModel, [[1, 2], [3], []], options))
    })

    test('learning a steering, to the end, abandoned, or with a reward that throws, leaves nothing', async () => {
      const reward = (pieces: readonly Uint16Array[]) => pieces.map(piece => piece[0]!)
      const options = { engine: engine(), endOfPiece, seed: 1, reward, steps: 2, count: 2, words: 3 }
      await expectNoneLeft(async () => {
        let steps = 0
        for await (const _ of learnSteering(goldenModel, options)) steps++
        expect(steps).toBe(2)
      })
      await expectNoneLeft(async () => {
        for await (const _ of learnSteering(goldenModel, options)) break
      })
      await expectNoneLeft(async () => {
        const failing = () => Promise.reject(new Error('no judge'))
        await expect(learnSteering(goldenModel, { ...options, reward: failing }).next()).rejects.toThrow(
          'no judge'
        )
      })
    })

    test('a stream that is abandoned, refused or aborted, or whose grammar throws, leaves nothing', async () => {
      const options = { engine: engine(), endOfPiece, seed: 1, words: 9 }
      await expectNoneLeft(async () => {
        let words = 0
        for await (const _ of stream(goldenModel, options)) if (++words === 3) break
        expect(words).toBe(3)
      })
      await expectNoneLeft(async () => {
        const run = generate(goldenModel, { ...options, signal: AbortSignal.abort(new Error('no')) })
        await expect(run).rejects.toThrow('no')
      })
      await expectNoneLeft(async () => {
        const run = generate(goldenModel, { ...options, temperature: -1 })
        await expect(run).rejects.toThrow('temperature')
      })
      await expectNoneLeft(async () => {
        let asked = 0
        const allowed = (_: number, mask: Uint8Array) => {
          if (++asked === 4) throw new Error('lost')
          mask.fill(1)
        }
        const grammar = { initial: () => 0, next: () => 0, allowed }
        await expect(generate(goldenModel, { ...options, grammar })).rejects.toThrow('lost')
      })
    })

    test('training a classifier, to the end or stopped, leaves nothing', async () => {
      const sequences = [[1, 2], [3]]
      const train = (using: Engine, signal?: AbortSignal) =>
        trainClassifier(toyConfig, sequences, [1, 0], {
          engine: using,
          padding: 0,
          batch: 2,
          epochs: 2,
          validation: { sequences, labels: [1, 0] },
          ...(signal !== undefined && { signal })
        })
      await expectNoneLeft(async () => {
        await train(engine())
        await expect(train(engine(), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
      })
    })

    const validation = [[1, 2, toyEnd]]
    const reward = (pieces: readonly Uint16Array[]) => pieces.map(piece => piece[0]!)
    const steering = { endOfPiece, seed: 1, reward, steps: 1, count: 2, words: 20 }
    // More words than one block of 16 has, and than one window of 64.
    const long = new Array<number>(70).fill(1)
    test.each<[string, (engine: Engine) => Promise<unknown>]>([
      ['generate', e => generate(goldenModel, { engine: e, endOfPiece, seed: 1, words: 20, prime: [1, 2] })],
      [
        'generate side by side',
        e => generate(goldenModel, { engine: e, endOfPiece, seed: 1, words: 3, count: 5 })
      ],
      ['evaluate', e => evaluate(goldenModel, [long], { engine: e, endOfPiece })],
      ['finalStates', e => finalStates(goldenModel, [[1, 2]], { engine: e })],
      ['meanStates', e => meanStates(goldenModel, [[1, 2]], { engine: e })],
      [
        'train',
        e => collect(train(toyConfig, toyData, { engine: e, ...small, window: 8, epochs: 1, validation }))
      ],
      [
        'learnSteering',
        async e => void (await learnSteering(goldenModel, { ...steering, engine: e }).next())
      ],
      [
        'trainClassifier',
        e =>
          trainClassifier(toyConfig, [[1, 2], [3]], [1, 0], {
            engine: e,
            padding: 0,
            batch: 2,
            epochs: 1,
            validation: { sequences: [[1]], labels: [1] }
          })
      ]
    ])('%s on an engine that fails at any call leaves nothing', async (_, work) => {
      const calls = await countCalls(engine(), work)
      for (const [call, count] of Object.entries(calls) as [Call, number][]) {
        for (const n of someOf(count)) {
          const before = alive()
          await expect(work(failing(engine(), call, n)), `${call} ${n} of ${count}`).rejects.toThrow(
            'out of memory'
          )
          expect(alive(), `after ${call} ${n} of ${count}`).toEqual(before)
        }
      }
    })

    test('a function that throws after it has computed leaves nothing', async () => {
      await expectNoneLeft(async () => {
        const attempt = async () => {
          const program = await engine().compile(
            (a, b) => {
              if (mul(add(a!, b!), 2).size > 0) throw new Error('halfway')
              return []
            },
            [
              { shape: [2], dtype: 'float32' },
              { shape: [2], dtype: 'float32' }
            ]
          )
          try {
            await program.run([new Float32Array(2), new Float32Array(2)])
          } finally {
            program.dispose()
          }
        }
        await expect(attempt()).rejects.toThrow('halfway')
      })
    })
  })
}
