import { type Engine, type Handle, openModel, type TensorSpec } from '@vgm/nn'
import { expect, test } from 'vitest'
import { freshModel } from '../test/models.js'
import { SteeringGradient } from './steering-gradient.js'

const config = { vocabularySize: 2, embedding: 1, units: 1 }

/** An engine that computes nothing, and tells what it was asked to compile. */
function idleEngine(): { engine: Engine; specs: () => readonly TensorSpec[] } {
  let specs: readonly TensorSpec[] = []
  const handle: Handle = { shape: [1], read: async () => Float32Array.of(1), dispose: () => {} }
  const program = { run: async () => [handle, handle, handle], dispose: () => {} }
  const engine: Engine = {
    name: 'idle',
    async compile(_, given) {
      specs = given
      return program
    }
  }
  return { engine, specs: () => specs }
}

test('takes as many pieces as there are: 2¹⁷ of them', { timeout: 60_000 }, async () => {
  const count = 2 ** 17
  const opened = await openModel(freshModel(config, 1), idleEngine())
  const likelihood = await SteeringGradient.create(opened, count, 1)
  const pieces = Array.from({ length: count }, () => Uint16Array.of(1))
  expect(await likelihood.of(new Float32Array(1), pieces, new Float64Array(count), 0)).toEqual(
    Float64Array.of(1)
  )
})

test.each([
  [3, 3],
  [64, 64],
  [65, 64]
])('reads pieces of %d words in windows of %d', async (words, window) => {
  const { engine, specs } = idleEngine()
  const opened = await openModel(freshModel(config, 1), { engine })
  const likelihood = await SteeringGradient.create(opened, 2, words)
  expect(specs().at(-1)!.shape).toEqual([window, 2])
  const piece = new Uint16Array(words)
  const gradient = await likelihood.of(new Float32Array(1), [piece, piece], [1, 1], 0)
  expect(gradient).toEqual(Float64Array.of(Math.ceil(words / window)))
})
