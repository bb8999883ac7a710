import { add, backend, findBackend, getBackend, type Tensor } from '@tensorflow/tfjs-core'
import type { Engine } from '@vgm/nn'
import { describe, expect, test } from 'vitest'
import { evaluate, generate, learnSteering, train } from '../library.js'
import { goldenModel } from '../models.js'
import { collect, randomIds, toyConfig, toyData, toyEnd } from '../toy.js'

const endOfPiece = 10

const works: Record<string, (engine: Engine) => Promise<unknown>> = {
  generate: engine => generate(goldenModel, { engine, endOfPiece, seed: 1, count: 3, words: 12 }),
  'another generate': engine =>
    generate(goldenModel, { engine, endOfPiece, seed: 2, words: 20, topK: 4, prime: [1, 2] }),
  evaluate: engine =>
    evaluate(goldenModel, [randomIds(30, 10, 1), randomIds(9, 10, 2)], { engine, endOfPiece }),
  train: engine =>
    collect(train(toyConfig, toyData, { engine, endOfPiece: toyEnd, batch: 2, window: 4, epochs: 1 })),
  learnSteering: async engine => {
    const reward = (pieces: readonly Uint16Array[]) => pieces.map(([word]) => word!)
    const steps: unknown[] = []
    const options = { engine, endOfPiece, seed: 1, reward, steps: 1, count: 4, words: 6 }
    for await (const step of learnSteering(goldenModel, options)) steps.push(step)
    return steps
  }
}

/** Work at once is as good as work in turn, on one engine and beside another. */
export function concurrencyContract(engine: () => Engine, other: () => Engine): void {
  describe('at once', () => {
    test('everything on two engines, all of it on each, gives what it gives alone', async () => {
      const alone = async (using: Engine) => {
        const results: unknown[] = []
        for (const work of Object.values(works)) results.push(await work(using))
        return results
      }
      const expected = [await alone(engine()), await alone(other())]
      const run = (using: Engine) => Promise.all(Object.values(works).map(work => work(using)))
      expect(await Promise.all([run(engine()), run(other())])).toEqual(expected)
    })

    test('two engines compute each where it belongs, and their values stay there', async () => {
      const specs = [{ shape: [3], dtype: 'float32' as const }]
      const engines = [engine(), other(), engine(), other()]
      const places: string[] = []
      const next = ({ name }: Engine) => {
        return (...[x]: Tensor[]) => {
          const isWhole = backend() === findBackend(getBackend())
          if (name.startsWith('tfjs-') && isWhole) places.push(`${name} on tfjs-${getBackend()}`)
          return [add(x!, 1)]
        }
      }
      const programs = await Promise.all(engines.map(using => using.compile(next(using), specs)))
      let values = await Promise.all(programs.map(program => program.run([new Float32Array(3)])))
      for (let round = 0; round < 3; round++) {
        const results = await Promise.all(programs.map((program, k) => program.run(values[k]!)))
        for (const [handle] of values) handle!.dispose()
        values = results
      }
      const read = await Promise.all(values.map(([handle]) => handle!.read()))
      expect(read).toEqual(engines.map(() => Float32Array.of(4, 4, 4)))
      const eager = engines.filter(({ name }) => name.startsWith('tfjs-'))
      const expected = [1, 2, 3, 4].flatMap(() => eager.map(({ name }) => `${name} on ${name}`))
      expect([...places].sort()).toEqual(expected.sort())
      for (const [handle] of values) handle!.dispose()
      for (const program of programs) program.dispose()
    })
  })
}
