import { InvalidOptionError } from '@vgm/base'
import '@tensorflow/tfjs-backend-cpu'
import { eager } from '@vgm/nn'
import { watchedEngine } from '@vgm/nn/contract'
import { expect, test } from 'vitest'
import { generate, stream } from './library.js'
import { freshModel } from './models.js'

const model = freshModel({ vocabularySize: 4, embedding: 2, units: 3 }, 1)
/** Options are refused before anything is composed: what is compiled has no constants but while a model is opened. */
const engine = watchedEngine(await eager('cpu'), {
  compile: constants => (constants === undefined ? constants : expect.unreachable('composes'))
})

const steering = (neurons: number[], offsets: number[]) => ({
  neurons: Int32Array.from(neurons),
  offsets: Float32Array.from(offsets),
  mode: 'add' as const
})

test('a steering of another number of offsets is refused', async () => {
  const options = { seed: 1, endOfPiece: 3, engine, count: 3, steering: steering([0, 1], [1, 2, 3, 4]) }
  await expect(generate(model, options)).rejects.toThrow(
    'steering.offsets expected 2 or 3 × 2 numbers, got 4'
  )
})

test('generate and stream refuse options out of range by name, before they compose', async () => {
  const bad: [Partial<Parameters<typeof generate<unknown>>[1]>, string][] = [
    [{ seed: -1 }, 'seed expected an integer from 0 to 4294967295, got -1'],
    [{ seed: 0.5 }, 'seed expected'],
    [{ count: 0 }, 'generate: count expected an integer ≥ 1, got 0'],
    [{ first: -1 }, 'generate: first expected an integer ≥ 0, got -1'],
    [{ first: 0.5 }, 'generate: first expected'],
    [{ endOfPiece: 4 }, 'generate: endOfPiece expected an integer from 0 to 3, got 4'],
    [{ words: 0 }, 'generate: words expected'],
    [{ maxWords: 2.5 }, 'generate: maxWords expected'],
    [{ temperature: -1 }, 'temperature expected a number of at least 0, got -1'],
    [{ topK: 0 }, 'topK expected'],
    [{ topP: 0 }, 'topP expected a number above 0, at most 1, got 0'],
    [{ steering: steering([0, 3], [1, 1]) }, 'steering.neurons[1] expected an integer from 0 to 2, got 3'],
    [{ steering: steering([1, 1], [1, 1]) }, 'steering.neurons[1] expected each unit once, got 1'],
    [
      { steering: steering([0, 1], [1, Number.NaN]) },
      'steering.offsets[1] expected a finite number, got NaN'
    ],
    [{ prime: [1, 4] }, 'generate: prime[0][1] expected an id from 0 to 3, got 4'],
    [{ prime: [1, 3, 1] }, 'generate: prime expected one piece, got several']
  ]
  for (const [options, message] of bad) {
    const all = { seed: 1, endOfPiece: 3, engine, ...options }
    const error = await generate(model, all).catch((reason: unknown) => reason)
    expect(error, message).toBeInstanceOf(InvalidOptionError)
    expect((error as Error).message).toContain(message)
    if (options.count !== undefined) continue
    await expect(stream(model, all).next(), message).rejects.toThrow(message)
  }
})
