import { createRandom, InvalidOptionError, type Random } from '@vgm/base'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TooFewWordsError } from '../../errors.js'
import { shuffledPieces } from './data.js'
import { cutLanes, joined } from './lanes.js'

describe('cutLanes', { timeout: 60_000 }, () => {
  test('cuts one stream into lanes, and lanes into windows of [T, B]', () => {
    const stream = Uint16Array.of(9, 0, 1, 2, 3, 4, 5, 6, 7, 8)
    const { length, at } = cutLanes({ ids: stream, inputs: {} }, { batch: 2, window: 2, endOfPiece: 9 })
    expect(length).toBe(2)
    // Lane 0 reads 9 0 1 2, lane 1 reads 3 4 5 6; each foresees the word that follows.
    expect(at(0).values).toEqual({
      ids: Int32Array.of(9, 3, 0, 4),
      targets: Int32Array.of(0, 4, 1, 5),
      carries: Float32Array.of(0, 1, 1, 1)
    })
    expect(at(1).values).toMatchObject({ ids: Int32Array.of(1, 5, 2, 6), targets: Int32Array.of(2, 6, 3, 7) })
    expect([at(0).startsFresh, at(1).startsFresh]).toEqual([true, false])
  })

  test('every lane is one contiguous part of the stream, each word foreseen from the one before, less than a window left out', () => {
    const shape = fc.record({ lanes: fc.integer({ min: 1, max: 9 }), window: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(shape, fc.nat(400), ({ lanes, window }, surplus) => {
        const words = lanes * window + surplus
        const stream = Uint16Array.from({ length: words + 1 }, (_, k) => k) // every word tells where it stood
        const { length: windows, at } = cutLanes(
          { ids: stream, inputs: {} },
          { batch: lanes, window, endOfPiece: 0 }
        )
        const read: number[][] = Array.from({ length: lanes }, () => [])
        for (let k = 0; k < windows; k++) {
          const { ids, targets } = at(k).values as Record<'ids' | 'targets', Int32Array>
          expect(ids.length).toBe(lanes * window)
          for (const [place, id] of ids.entries()) {
            read[place % lanes]!.push(id)
            expect(targets[place]).toBe(id + 1)
          }
        }
        for (const lane of read) expect(lane).toEqual(lane.map((_, k) => lane[0]! + k))
        const foreseen = read.flat()
        expect(new Set(foreseen).size).toBe(foreseen.length)
        expect(words - foreseen.length).toBeLessThan(lanes * window)
        expect(foreseen[0]).toBe(0)
      }),
      { seed: 1 }
    )
  })

  test('one window of words is enough; one word less is too few, and the error says how many are needed', () => {
    const shape = { batch: 3, window: 4, endOfPiece: 0 }
    const cutWords = (words: number) => cutLanes({ ids: new Uint16Array(words), inputs: {} }, shape)
    expect(cutWords(13).length).toBe(1)
    const cut = () => cutWords(12)
    expect(cut).toThrow('training on 3 lanes of 4 words needs 12 words, got 11')
    expect(cut).toThrow(expect.objectContaining({ code: 'TOO_FEW_WORDS' }))
    expect(cut).toThrow(TooFewWordsError)
  })
})

describe('joined pieces in random order', () => {
  const pieces = Array.from({ length: 20 }, (_, k) => [...new Array<number>(k % 4).fill(k + 1), 0])
  const data = { size: pieces.length, piece: (index: number) => pieces[index]! }
  const streamOf = (random: Random) => joined(shuffledPieces(data, 21, random), 0, {}).ids

  test('begins with an end of piece, and has every piece once, whole', () => {
    const stream = streamOf(createRandom(5))
    expect(stream[0]).toBe(0)
    const found = [...stream.subarray(1)].join(' ').split(/(?<=\b0) /)
    expect(found.sort()).toEqual(pieces.map(piece => piece.join(' ')).sort())
    expect(found.length).toBe(pieces.length)
  })

  test('orders the pieces by its generator alone', () => {
    const stream = (seed: number) => streamOf(createRandom(seed))
    expect(stream(5)).toEqual(stream(5))
    expect(stream(5)).not.toEqual(stream(6))
  })

  test('asks for each piece once, with the generator that varies it', () => {
    const random = createRandom(1)
    const asked: number[] = []
    const piece = (index: number, given: unknown) => {
      expect(given).toBe(random)
      asked.push(index)
      return [0]
    }
    shuffledPieces({ size: 5, piece }, 21, random)
    expect(asked.sort()).toEqual([0, 1, 2, 3, 4])
  })

  test('refuses a word outside the vocabulary, naming the piece and the place', () => {
    for (const id of [21, -1, 65_537, 1.5]) {
      const bad = { size: 3, piece: (index: number) => (index === 1 ? [4, id, 0] : [0]) }
      const attempt = () => shuffledPieces(bad, 21, createRandom(0))
      expect(attempt).toThrow(InvalidOptionError)
      expect(attempt).toThrow(`train: data.piece(1)[1] expected an id from 0 to 20, got ${id}`)
    }
  })
})
