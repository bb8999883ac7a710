import { createRandom } from '@vgm/base'
import { describe, expect, test } from 'vitest'
import { tinySubject } from '../../test/tiny-subject.js'
import { expectClose } from '../contract/close.js'
import { watchedEngine } from '../contract/watched-engine.js'
import { nodeEngine } from '../engines/backends.js'
import { train } from '../training/train.js'
import { batchValidation } from './batch-validation.js'

const { architecture, config } = tinySubject
const random = createRandom(7)
/** Of lengths that fill batches of two by different shares. */
const pieces = [9, 30, 14, 70, 22].map(words => [
  ...Array.from({ length: words }, () => 1 + random.below(4)),
  0
])
const data = tinySubject.batches(pieces, 2)
const validation = batchValidation(architecture, config, data)
const weights = architecture.initial(config, createRandom(1).fork('weights'))

describe('batchValidation', () => {
  test('is the loss that training finds in the same batches, by words (rtol 1e-5)', async () => {
    const engine = await nodeEngine('cpu')
    let total = 0
    let words = 0
    let measured = 0
    for await (const event of train(architecture, config, data, {
      engine,
      validation,
      epochs: 1,
      learningRate: 1e-30, // nothing is learnt
      seed: 1
    })) {
      if (event.type === 'validation') measured = event.crossEntropy
      if (event.type !== 'step') continue
      total += event.loss * event.words
      words += event.words
    }
    expect(words).toBe(pieces.flat().length)
    expectClose([measured], [total / words], { rtol: 1e-5, atol: 0 }, 'loss')
  })

  test('is the same figure every time, whatever random numbers were drawn meanwhile', async () => {
    const engine = await nodeEngine('cpu')
    const first = await validation(weights, { engine })
    expect(await validation(weights, { engine })).toBe(first)
  })

  test("ends with the signal's reason before the next batch", async () => {
    const control = new AbortController()
    let runs = 0
    const inner = await nodeEngine('cpu')
    const engine = watchedEngine(inner, {
      run(inputs) {
        runs++
        control.abort(new Error('enough'))
        return inputs
      }
    })
    await expect(validation(weights, { engine, signal: control.signal })).rejects.toThrow('enough')
    expect(runs).toBe(1)
  })
})
