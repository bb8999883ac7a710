import { InvalidOptionError, type Progress, VgmError } from '@vgm/base'
import type { Engine } from '@vgm/nn'
import { expectClose } from '@vgm/nn/contract'
import { describe, expect, test } from 'vitest'
import { evaluate, finalStates, meanStates } from '../library.js'
import { goldenModel } from '../models.js'
import { referenceRead } from '../reference.js'
import { randomIds } from '../toy.js'

const { units, vocabularySize } = goldenModel.config
const endOfPiece = 10
/** Lengths on both sides of the window of 64 words, and more sequences than the 32 of a batch. */
const lengths = [5, 0, 130, 64, 1, 65, 63, 2, ...Array.from({ length: 27 }, (_, k) => 3 + (k % 7))]
const sequences = lengths.map((length, seed) => randomIds(length, vocabularySize, seed))

/** The expected mean cross-entropy of pieces, each read after one end of piece. */
function referenceEvaluation(pieces: readonly Uint16Array[]): number {
  const losses = pieces.map(
    piece => referenceRead(goldenModel, [endOfPiece, ...piece].slice(0, -1), piece).loss
  )
  const words = pieces.reduce((total, piece) => total + piece.length, 0)
  return losses.reduce((total, loss) => total + loss, 0) / words
}

/** Reading states and measuring, against the reference in double precision. */
export function readingContract(engine: () => Engine): void {
  describe('finalStates', () => {
    test("are the reference's cell states, in the order given; an empty sequence has zeros (rtol 1e-4, atol 1e-5)", async () => {
      const states = await finalStates(goldenModel, sequences, { engine: engine() })
      const expected = sequences.flatMap(ids => [...referenceRead(goldenModel, ids).state.c])
      expectClose(states, expected, { rtol: 1e-4, atol: 1e-5 }, 'final states')
      expect([...states.subarray(units, 2 * units)]).toEqual(new Array(units).fill(0))
    })

    test('are the same bits alone, together, and in any order', async () => {
      const together = await finalStates(goldenModel, sequences, { engine: engine() })
      for (const index of [1, 2, 3, 4, 34]) {
        const alone = [sequences[index]!, [3]]
        const states = await finalStates(goldenModel, alone, { engine: engine() })
        expect(states.subarray(0, units)).toEqual(together.subarray(index * units, (index + 1) * units))
      }
      const backwards = await finalStates(goldenModel, [...sequences].reverse(), { engine: engine() })
      for (const [index] of sequences.entries()) {
        const mirrored = (sequences.length - 1 - index) * units
        expect(backwards.subarray(mirrored, mirrored + units)).toEqual(
          together.subarray(index * units, (index + 1) * units)
        )
      }
    })

    test('refuse an id outside the vocabulary, naming where it stands, and no words at all', async () => {
      const read = (given: number[][]) => finalStates(goldenModel, given, { engine: engine() })
      await expect(read([[1], [2, 11]])).rejects.toThrow(
        new InvalidOptionError('readStates', 'sequences[1][1]', 'an id from 0 to 10', 11)
      )
      for (const bad of [-1, 0.5, Number.NaN]) await expect(read([[bad]])).rejects.toThrow(InvalidOptionError)
      await expect(read([[], []])).rejects.toThrow(
        'readStates: sequences expected at least one word, got none'
      )
      await expect(read([])).rejects.toThrow(VgmError)
    })
  })

  describe('meanStates', () => {
    test('are the means of the final states of all beginnings (rtol 1e-5, atol 1e-7); an empty sequence has zeros', async () => {
      const few = [5, 0, 66, 2].map((length, seed) => randomIds(length, vocabularySize, seed))
      const means = await meanStates(goldenModel, few, { engine: engine() })
      const beginnings = few.flatMap(ids => Array.from(ids, (_, end) => ids.subarray(0, end + 1)))
      const states = await finalStates(goldenModel, beginnings, { engine: engine() })
      let first = 0
      const expected = few.flatMap(({ length }) => {
        const begin = first
        first += length
        return Array.from({ length: units }, (_, unit) => {
          let sum = 0
          for (let row = begin; row < first; row++) sum += states[row * units + unit]!
          return length === 0 ? 0 : sum / length
        })
      })
      expectClose(means, expected, { rtol: 1e-5, atol: 1e-7 }, 'mean states')
      expect([...means.subarray(units, 2 * units)]).toEqual(new Array(units).fill(0))
    })

    test('are the same bits alone and together, and the words read are reported', async () => {
      const reports: number[] = []
      const onProgress = ({ done }: Progress) => reports.push(done)
      const together = await meanStates(goldenModel, sequences, { engine: engine(), onProgress })
      expect(reports.at(-1)).toBe(lengths.reduce((total, length) => total + length, 0))
      for (const index of [1, 2, 4, 34]) {
        const means = await meanStates(goldenModel, [[3], sequences[index]!], { engine: engine() })
        expect(means.subarray(units)).toEqual(together.subarray(index * units, (index + 1) * units))
      }
    })

    test('refuse an id outside the vocabulary', async () => {
      const read = meanStates(goldenModel, [[1], [2, 11]], { engine: engine() })
      await expect(read).rejects.toThrow(
        new InvalidOptionError('readStates', 'sequences[1][1]', 'an id from 0 to 10', 11)
      )
    })
  })

  describe('evaluate', () => {
    const measure = (pieces: readonly ArrayLike<number>[]) =>
      evaluate(goldenModel, pieces, { endOfPiece, engine: engine() })

    test("measures the reference's cross-entropy of every word after its piece's beginning (rtol 1e-5)", async () => {
      const { crossEntropy, perplexity, words } = await measure(sequences)
      expectClose([crossEntropy], [referenceEvaluation(sequences)], { rtol: 1e-5, atol: 0 }, 'cross-entropy')
      expect(perplexity).toBe(Math.exp(crossEntropy))
      expect(words).toBe(lengths.reduce((total, length) => total + length, 0))
    })

    test('does not depend on order or on what is measured beside a piece (±5e-7)', async () => {
      const whole = await measure(sequences)
      const backwards = await measure([...sequences].reverse())
      expect(backwards.crossEntropy).toBeCloseTo(whole.crossEntropy, 6)
      const parts = await Promise.all(
        [sequences.slice(0, 3), sequences.slice(3, 10), sequences.slice(10)].map(measure)
      )
      const total = parts.reduce((sum, part) => sum + part.crossEntropy * part.words, 0)
      expect(total / whole.words).toBeCloseTo(whole.crossEntropy, 6)
    })

    test('reports the words read so far, all of them in the end', async () => {
      const reports: number[] = []
      const onProgress = ({ done }: Progress) => reports.push(done)
      const options = { endOfPiece, engine: engine(), onProgress }
      const { words } = await evaluate(goldenModel, sequences, options)
      expect(reports).toEqual([...reports].sort((a, b) => a - b))
      expect(reports.length).toBeGreaterThan(1)
      expect(reports.at(-1)).toBe(words)
    })

    test('an empty piece says nothing about the model', async () => {
      const piece = sequences[0]!
      expect(await measure([[], piece, []])).toEqual(await measure([piece]))
    })

    test('refuses an id outside the vocabulary, and no words at all', async () => {
      await expect(measure([[1, 2], [300]])).rejects.toThrow(
        'evaluate: pieces[1][0] expected an id from 0 to 10, got 300'
      )
      await expect(measure([[]])).rejects.toThrow(InvalidOptionError)
    })

    test('refuses an end of piece outside the vocabulary', async () => {
      for (const id of [11, -1, 0.5]) {
        const measured = evaluate(goldenModel, [[1]], { endOfPiece: id, engine: engine() })
        await expect(measured).rejects.toThrow(
          new InvalidOptionError('evaluate', 'endOfPiece', 'an integer from 0 to 10', id)
        )
      }
    })
  })
}
