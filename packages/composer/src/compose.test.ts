import { decode, encode, parseMidi, vocabulary } from '@vgm/encoding'
import { initialWeights, type Model } from '@vgm/mlstm'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { expect, test, vi } from 'vitest'
import { midiFile } from '../../cli/test/music.js'
import { type Commission, compose } from './compose.js'
import type { WrittenPiece } from '../../cli/src/write-pieces.js'

vi.setConfig({ testTimeout: 60_000 })

/** A model that has learnt nothing but to prefer a word. */
function modelWith(bias: Readonly<Record<string, number>>): Model {
  const config = { vocabularySize: vocabulary.size, embedding: 4, units: 8 }
  const weights = initialWeights(config, 1)
  const output = weights.bo.slice()
  for (const [word, value] of Object.entries(bias)) output[vocabulary.idOf(word)] = value
  const { name, hash } = vocabulary
  return {
    config,
    vocabulary: { name, hash },
    weights: { ...weights, bo: output },
    provenance: {},
    metrics: {},
    license: 'none'
  }
}

const composed = async (model: Model, options: Partial<Commission>) =>
  compose(model, {
    count: 1,
    seed: 1,
    maxWords: 300,
    transposition: 0,
    usesGrammar: true,
    engine: await onnxEngine(),
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options
  })
const piecesOf = async (model: Model, options: Partial<Commission>) =>
  (await composed(model, options)).filter((piece): piece is WrittenPiece => 'bytes' in piece)

test('a model that would end after two notes goes on to eight', async () => {
  const eager = modelWith({ '\n': 9, '.': 7 })
  const pieces = await piecesOf(eager, { count: 20 })
  expect(pieces).toHaveLength(20)
  for (const { notes } of pieces) expect(notes).toBeGreaterThanOrEqual(8)
  expect(Math.min(...pieces.map(({ notes }) => notes))).toBe(8)
})

test('without the grammar such a piece is named, and the others are kept', async () => {
  const eager = modelWith({ '\n': 3 })
  const pieces = await composed(eager, { count: 40, usesGrammar: false })
  const problems = pieces.flatMap(piece => ('problem' in piece ? [piece.problem] : []))
  expect(problems.length).toBeGreaterThan(0)
  expect(problems.length).toBeLessThan(40)
  for (const problem of problems) {
    expect(problem).toMatch(/^(the model ended it after \d notes?; say how many --words|no notes came out; )/)
  }
})

test('a piece tells its bars, its key, and whether it was cut', async () => {
  const [endless] = await piecesOf(modelWith({ '\n': -99, '.': 2 }), {})
  const { bytes, bars, key, isCut } = endless!
  expect(isCut).toBe(true)
  expect(key).toMatch(/^[A-G][b#]? (major|minor)$/)
  const last = parseMidi(bytes).notes.at(-1)!
  expect(bars).toBe(Math.floor(last.startTick / (4 * 960)) + 1)
  const [asked] = await piecesOf(modelWith({ '\n': -99 }), { words: 60 })
  expect(asked).not.toHaveProperty('isCut')
})

test.each(['f32', 'int8'] as const)('one piece of several is the same alone, at %s', async precision => {
  const model = modelWith({ '.': 2 })
  const steering = { neurons: Int32Array.of(2), offsets: Float32Array.of(0.1), mode: 'add' } as const
  const options = {
    words: 80,
    steering,
    transposition: 'any',
    engine: await onnxEngine({ precision })
  } as const
  const all = await piecesOf(model, { ...options, count: 6 })
  for (const first of [2, 5]) {
    expect(await piecesOf(model, { ...options, first })).toEqual([all[first]])
  }
  expect(new Set(all.map(({ transposed }) => transposed)).size).toBeGreaterThan(1)
})

test('a prime is told from what is new, or left out', async () => {
  const prime = encode(midiFile(1))
  const options = { prime, words: 80 }
  const [whole] = await piecesOf(modelWith({ '.': 2 }), options)
  const [rest] = await piecesOf(modelWith({ '.': 2 }), { ...options, isPrimeLeftOut: true })
  const steps = prime.filter(id => id === vocabulary.idOf('.')).length
  const notes = (piece: WrittenPiece) =>
    parseMidi(piece.bytes).notes.map(({ pitch, startTick, durationTicks }) => ({
      pitch,
      startTick,
      durationTicks
    }))
  const expected = notes(whole!)
    .slice(decode(prime).notes.length)
    .map(note => ({ ...note, startTick: note.startTick - steps * 240 }))
  expect(notes(rest!)).toEqual(expected)
  expect(rest).not.toHaveProperty('newFromBar')
  expect(whole!.newFromBar).toBe(Math.floor((expected[0]!.startTick + steps * 240) / (4 * 960)) + 1)
})
