import { add, sub, type Tensor } from '@tensorflow/tfjs-core'
import { type Engine, reusePrograms, type TensorSpec } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { beforeAll, expect, test } from 'vitest'
import { trainClassifier } from '../src/index.js'
import { evaluate, train } from './library.js'
import { freshModel } from './models.js'
import { collect, toyConfig, toyData, toyEnd } from './toy.js'

let engine: Engine
beforeAll(async () => {
  engine = await nodeEngine('wasm')
})
const programs = () => engine.alive!().programs
const twice = (...[x]: Tensor[]) => [add(x!, x!)]
const difference = (...[x]: Tensor[]) => [sub(x!, x!)]
const spec = (length: number): TensorSpec[] => [{ shape: [length], dtype: 'float32' }]

test('what has a key is compiled once for its shapes, and lives until the engine goes', async () => {
  const reusing = reusePrograms(engine)
  const before = programs()
  const first = await reusing.compile(twice, spec(1), { key: 'twice' })
  first.dispose()
  const closure = (...inputs: Tensor[]) => twice(...inputs)
  const second = await reusing.compile(closure, spec(1), { key: 'twice' })
  const [sum] = await second.run([Float32Array.of(4)])
  expect(await sum!.read()).toEqual(Float32Array.of(8))
  sum!.dispose()
  expect(programs() - before).toBe(1)
  await reusing.compile(twice, spec(2), { key: 'twice' })
  await reusing.compile(difference, spec(1), { key: 'difference' })
  expect(programs() - before).toBe(3)
  reusing.dispose()
  reusing.dispose()
  await expect(second.run([Float32Array.of(4)])).rejects.toThrow('disposed')
  await expect(reusing.compile(twice, spec(1), { key: 'twice' })).rejects.toThrow('disposed')
  expect(programs()).toBe(before)
})

test('what has no key, or constants, is compiled each time and goes when it is disposed', async () => {
  const reusing = reusePrograms(engine)
  const before = programs()
  for (const options of [{}, { key: 'twice', constants: [Float32Array.of(1)] }]) {
    const made = await Promise.all([1, 2].map(() => reusing.compile(twice, spec(1), options)))
    expect(programs() - before).toBe(2)
    for (const program of made) program.dispose()
    expect(programs()).toBe(before)
  }
  reusing.dispose()
})

test('a compilation that fails is tried again; one that is under way when the engine goes is freed', async () => {
  const reusing = reusePrograms(engine)
  const before = programs()
  let attempts = 0
  const failing = reusePrograms({
    ...engine,
    compile: (...given) =>
      ++attempts === 1 ? Promise.reject(new Error('no memory')) : engine.compile(...given)
  })
  await expect(failing.compile(twice, spec(1), { key: 'twice' })).rejects.toThrow('no memory')
  await failing.compile(twice, spec(1), { key: 'twice' })
  expect(programs() - before).toBe(1)
  failing.dispose()
  const pending = reusing.compile(twice, spec(1), { key: 'twice' })
  reusing.dispose()
  await pending
  expect(programs()).toBe(before)
})

test('work that is done over and over keeps no more programs than once', { timeout: 60_000 }, async () => {
  const reusing = reusePrograms(engine)
  const model = freshModel(toyConfig, 1)
  const settings = { engine: reusing, endOfPiece: toyEnd, batch: 2, window: 2, epochs: 1 }
  const works: Record<string, () => Promise<unknown>> = {
    evaluate: () => evaluate(model, [[1, 2]], { engine: reusing, endOfPiece: toyEnd }),
    train: () => collect(train(toyConfig, toyData, settings)),
    trainClassifier: () =>
      trainClassifier(toyConfig, [[1], [2]], [1, 0], { engine: reusing, padding: 0, batch: 2, epochs: 1 })
  }
  for (const [name, work] of Object.entries(works)) {
    await work()
    const once = programs()
    for (let k = 0; k < (name === 'evaluate' ? 20 : 3); k++) await work()
    expect(programs(), name).toBe(once)
  }
  reusing.dispose()
})

test('a training with other settings has a program of its own', async () => {
  const reusing = reusePrograms(engine)
  const losses = async (options: object) => {
    const settings = {
      endOfPiece: toyEnd,
      batch: 2,
      window: 4,
      epochs: 2,
      seed: 1,
      learningRate: 0.1,
      ...options
    }
    return collect(train(toyConfig, toyData, { engine: reusing, ...settings }))
  }
  const options = [
    {},
    { maxNorm: 0.01 },
    { weightDecay: 0.5 },
    { endOfPiece: 1 },
    { dropout: { output: 0.5 } }
  ]
  const runs = []
  for (const option of options) runs.push(JSON.stringify(await losses(option)))
  expect(new Set(runs).size).toBe(options.length)
  reusing.dispose()
})
