import { add, memory, mul } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import {
  type Engine,
  evaluate,
  finalStates,
  generate,
  learnSteering,
  meanStates,
  stream,
  train,
  trainClassifier
} from '../../src/index.js'
import { goldenModel } from '../models.js'
import { collect, ofType, toyConfig, toyData, toyEnd } from '../toy.js'

const small = { endOfPiece: toyEnd, lanes: 2, window: 2, warmUpSteps: 3, learningRate: 0.01 }
const endOfPiece = 10

/** An engine whose `n`th compilation or run fails, as one that is out of memory does. */
function failing(engine: Engine, what: 'compile' | 'run', n: number): Engine {
  let left = n
  const fail = (kind: typeof what) => {
    if (kind === what && --left === 0) throw new Error('out of memory')
  }
  return {
    name: engine.name,
    async compile(fn, specs) {
      fail('compile')
      const program = await engine.compile(fn, specs)
      return {
        async run(inputs) {
          fail('run')
          return program.run(inputs)
        },
        dispose: () => program.dispose()
      }
    }
  }
}

/** Nothing is left behind: as many tensors after as before. */
export function memoryContract(engine: () => Engine): void {
  describe('memory', () => {
    const expectNoneLeft = async (work: () => Promise<unknown>) => {
      await work() // what an engine keeps for good, it has now
      const before = memory().numTensors
      await work()
      expect(memory().numTensors).toBe(before)
    }

    test('100 training steps leave no tensor', async () => {
      await expectNoneLeft(async () => {
        const events = await collect(train(toyConfig, toyData, { engine: engine(), ...small, epochs: 10 }))
        expect(ofType(events, 'step').length).toBeGreaterThanOrEqual(100)
      })
    })

    test('training that validates, is abandoned, or meets an error leaves no tensor', async () => {
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

    test('generate, evaluate, finalStates and meanStates leave no tensor', async () => {
      const options = { engine: engine(), endOfPiece }
      await expectNoneLeft(() => generate(goldenModel, { ...options, seed: 1, count: 3, maxWords: 5 }))
      await expectNoneLeft(() => evaluate(goldenModel, [[1, 2], [3], []], options))
      await expectNoneLeft(() => finalStates(goldenModel, [[1, 2], [3], []], options))
      await expectNoneLeft(() => meanStates(goldenModel, [[1, 2], [3], []], options))
    })

    test('learning a steering, to the end, abandoned, or with a reward that throws, leaves no tensor', async () => {
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

    test('a stream that is abandoned, refused or aborted, or whose grammar throws, leaves no tensor', async () => {
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

    test('training a classifier, to the end, stopped, or with an engine that fails, leaves no tensor', async () => {
      const sequences = [[1, 2], [3]]
      const train = (using: Engine, signal?: AbortSignal) =>
        trainClassifier(toyConfig, sequences, [1, 0], {
          engine: using,
          padding: 0,
          rows: 2,
          epochs: 2,
          validation: { sequences, labels: [1, 0] },
          ...(signal !== undefined && { signal })
        })
      await expectNoneLeft(async () => {
        await train(engine())
        await expect(train(engine(), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
        await expect(train(failing(engine(), 'run', 3))).rejects.toThrow('out of memory')
        await expect(train(failing(engine(), 'compile', 2))).rejects.toThrow('out of memory')
      })
    })

    test('an engine that fails at any point leaves no tensor', async () => {
      const validation = [[1, 2, toyEnd]]
      const works: [string, number, (engine: Engine) => Promise<unknown>][] = [
        ['generate', 2, e => generate(goldenModel, { engine: e, endOfPiece, seed: 1, words: 3 })],
        ['evaluate', 2, e => evaluate(goldenModel, [[1, 2]], { engine: e, endOfPiece })],
        ['finalStates', 2, e => finalStates(goldenModel, [[1, 2]], { engine: e })],
        ['meanStates', 2, e => meanStates(goldenModel, [[1, 2]], { engine: e })],
        ['train', 2, e => collect(train(toyConfig, toyData, { engine: e, ...small, epochs: 1, validation }))]
      ]
      for (const [name, compilations, work] of works) {
        for (let n = 1; n <= compilations; n++) {
          await expectNoneLeft(async () => {
            const run = work(failing(engine(), 'compile', n))
            await expect(run, `${name}, compilation ${n}`).rejects.toThrow('out of memory')
          })
        }
        for (let n = 1; n <= 2; n++) {
          await expectNoneLeft(async () => {
            const run = work(failing(engine(), 'run', n))
            await expect(run, `${name}, run ${n}`).rejects.toThrow('out of memory')
          })
        }
      }
    })

    test('a function that throws after it has computed leaves no tensor', async () => {
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
          await program.run([new Float32Array(2), new Float32Array(2)])
        }
        await expect(attempt()).rejects.toThrow('halfway')
      })
    })
  })
}
