import type { Engine } from '@vgm/nn'
import { describe, expect, test } from 'vitest'
import type { ParameterName } from '../../src/index.js'
import { evaluate, finalStates, generate, generateWithStates, meanStates, stream } from '../library.js'
import { goldenModel, type MlstmModel } from '../models.js'

const endOfPiece = 10
const { units, embedding } = goldenModel.config

/** The golden model with one weight replaced. */
function broken(name: ParameterName, index: number, value: number): MlstmModel {
  const values = goldenModel.weights[name].slice()
  values[index] = value
  return { ...goldenModel, weights: { ...goldenModel.weights, [name]: values } }
}

const hopeless = { ...goldenModel.weights, bo: goldenModel.weights.bo.map(() => Number.NEGATIVE_INFINITY) }

/** Models whose numbers are not finite: an error, not words or figures. */
export function brokenModelContract(engine: () => Engine): void {
  describe('a model whose numbers are not finite', () => {
    const options = () => ({ endOfPiece, engine: engine(), seed: 1, maxWords: 20 })
    const allowsAll = {
      initial: () => 0,
      next: () => 0,
      allowed: (_: number, mask: Uint8Array) => mask.fill(1)
    }
    const notFinite = { name: 'NotFiniteError', code: 'NOT_FINITE' }

    test.each<[string, MlstmModel]>([
      ['one logit that is no number', broken('bo', 3, Number.NaN)],
      ['one logit that is infinite', broken('bo', 3, Number.POSITIVE_INFINITY)],
      ['no logit above minus infinity', { ...goldenModel, weights: hopeless }],
      ['a state that is no number', broken('b', units, Number.NaN)]
    ])('composes nothing with %s', async (_, model) => {
      for (const plan of [
        {},
        { count: 6 },
        { temperature: 0 },
        { topK: 4, topP: 0.9 },
        { grammar: allowsAll }
      ]) {
        const composed = generate(model, { ...options(), ...plan })
        await expect(composed, JSON.stringify(plan)).rejects.toMatchObject({
          ...notFinite,
          value: "the model's prediction"
        })
      }
      await expect(stream(model, options()).next()).rejects.toMatchObject(notFinite)
    })

    test('but for a logit of minus infinity, a word that never comes', async () => {
      const model = broken('bo', 3, Number.NEGATIVE_INFINITY)
      for (const plan of [{}, { topK: 10, topP: 0.9 }, { grammar: allowsAll }]) {
        const pieces = await generate(model, { ...options(), ...plan, count: 6, words: 20 })
        expect(pieces.map(piece => piece.includes(3))).toEqual(pieces.map(() => false))
      }
    })

    test('gives no states and no cross-entropy', async () => {
      const model = broken('embedding', 2 * embedding, Number.NaN) // where word 2 is read
      const using = { engine: engine() }
      const value = 'the state after sequence 1'
      await expect(finalStates(model, [[1], [3, 2]], using)).rejects.toMatchObject({ ...notFinite, value })
      await expect(meanStates(model, [[1], [2, 3]], using)).rejects.toMatchObject({ ...notFinite, value })
      await expect(evaluate(model, [[1], [2, 3]], { ...using, endOfPiece })).rejects.toMatchObject({
        ...notFinite,
        value: 'the cross-entropy'
      })
      expect(await finalStates(model, [[1], [3]], using)).toHaveLength(2 * units)
    })

    test('gives no states after a last word that breaks them', async () => {
      const model = { ...goldenModel, weights: { ...goldenModel.weights } }
      // Every word but the end of piece, which is read first.
      model.weights.embedding = model.weights.embedding.map((x, k) =>
        k < endOfPiece * embedding ? Number.NaN : x
      )
      const composed = generateWithStates(model, { ...options(), words: 1, count: 2 })
      await expect(composed).rejects.toMatchObject({ ...notFinite, value: 'the state after piece 0' })
    })
  })
}
