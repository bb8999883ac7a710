import { decode, parseMidi, vocabulary } from '@vgm/encoding'
import type { Model } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { expect, test, vi } from 'vitest'
import { modelWith, scale } from '../test/toy.js'
import { ShortPieceError } from './errors.js'
import { openComposer } from './open-composer.js'
import type { ComposeAllOptions } from './options.js'
import type { Piece } from './piece.js'

vi.setConfig({ testTimeout: 60_000 })

const composed = async (model: Model, options: Partial<ComposeAllOptions>, engine = onnxEngine()) => {
  await using composer = await openComposer({ model, engine: await engine })
  return composer.composeAll({ seed: 1, maxWords: 300, ...options })
}
const piecesOf = async (...given: Parameters<typeof composed>) =>
  (await composed(...given)).filter((piece): piece is Piece => !(piece instanceof ShortPieceError))

test('a model that would end after two notes goes on to eight', async () => {
  const hasty = modelWith({ '\n': 9, '.': 7 })
  const pieces = await piecesOf(hasty, { count: 20 })
  expect(pieces).toHaveLength(20)
  for (const { notes } of pieces) expect(notes).toBeGreaterThanOrEqual(8)
  expect(Math.min(...pieces.map(({ notes }) => notes))).toBe(8)
})

test('without the grammar such a piece is an error, and the others are kept', async () => {
  const hasty = modelWith({ '\n': 3 })
  const pieces = await composed(hasty, { count: 40, grammar: false })
  const errors = pieces.filter(piece => piece instanceof ShortPieceError)
  expect(errors.length).toBeGreaterThan(0)
  expect(errors.length).toBeLessThan(40)
  for (const error of errors) {
    expect(error).toMatchObject({ code: 'SHORT_PIECE', caller: 'composeAll', isEnded: true })
    expect(error.notes).toBeLessThan(8)
    expect(error.message).toMatch(
      /^composeAll: expected at least (1 note, got 0|8 notes, got [1-7]): the model ended the piece$/
    )
  }
})

test('one piece that is too short is a rejection', async () => {
  const composer = await openComposer({ model: modelWith({}), engine: await onnxEngine() })
  const short = composer.compose({ seed: 1, words: 2 })
  await expect(short).rejects.toMatchObject({ code: 'SHORT_PIECE', notes: 0, isEnded: false })
  await expect(short).rejects.toThrow('compose: expected at least 1 note, got 0: the piece was cut')
})

test('a piece has its MIDI file, bars, key, and whether it was cut', async () => {
  const [endless] = await piecesOf(modelWith({ '\n': -99, '.': 2 }), {})
  const { midi, bars, key, isCut, score, words, notes } = endless!
  expect(isCut).toBe(true)
  expect(key).toMatch(/^[A-G][b#]? (major|minor)$/)
  const played = parseMidi(midi)
  expect(bars).toBe(Math.floor(played.notes.at(-1)!.startTick / (4 * 960)) + 1)
  expect(played.notes.map(({ pitch, startTick }) => [pitch, startTick])).toEqual(
    score.notes.map(({ pitch, startTick }) => [pitch, startTick])
  )
  expect(decode(words, { strict: true })).toEqual(score)
  expect(notes).toBe(score.notes.length)
  const [asked] = await piecesOf(modelWith({ '\n': -99 }), { words: 60 })
  expect(asked).not.toHaveProperty('isCut')
})

test.each(['f32', 'int8'] as const)('one piece of several is the same alone, at %s', async precision => {
  const model = modelWith({ '.': 2 })
  const steering = { neurons: Int32Array.of(2), offsets: Float32Array.of(0.1), mode: 'add' } as const
  const options = { words: 80, steering }
  const engine = () => onnxEngine({ precision })
  const all = await piecesOf(model, { ...options, count: 6 }, engine())
  for (const first of [2, 5]) {
    expect(await piecesOf(model, { ...options, first }, engine())).toEqual([all[first]])
  }
  expect(new Set(all.map(({ transposed }) => transposed)).size).toBeGreaterThan(1)
})

test('a prime is told from what is new, or left out', async () => {
  const prime = scale()
  const options = { prime, words: 80 }
  const [whole] = await piecesOf(modelWith({ '.': 2 }), options)
  const [rest] = await piecesOf(modelWith({ '.': 2 }), { ...options, withoutPrime: true })
  const steps = prime.filter(id => id === vocabulary.idOf('.')).length
  const notes = (piece: Piece) =>
    parseMidi(piece.midi).notes.map(({ pitch, startTick, durationTicks }) => ({
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
  expect([...rest!.words]).toEqual([...whole!.words.subarray(prime.length - 1)])
})

test('steered pieces are moved as the seed decides, others only when asked to', async () => {
  const model = modelWith({ '.': 2 })
  const steering = { neurons: Int32Array.of(2), offsets: Float32Array.of(0.1), mode: 'add' } as const
  const movesOf = async (options: Partial<ComposeAllOptions>) =>
    (await piecesOf(model, { words: 60, count: 8, ...options })).map(({ transposed = 0 }) => transposed)
  const moves = await movesOf({ steering })
  expect(await movesOf({ transpose: 'any' })).toEqual(moves)
  for (const semitones of moves) {
    expect(semitones).toBeGreaterThanOrEqual(-5)
    expect(semitones).toBeLessThanOrEqual(6)
  }
  expect(await movesOf({})).toEqual(new Array(8).fill(0))
  expect(await movesOf({ steering, prime: scale() })).toEqual(new Array(8).fill(0))
  expect(await movesOf({ steering, transpose: 3 })).toEqual(new Array(8).fill(3))
  await expect(movesOf({ transpose: 25 })).rejects.toThrow(
    'composeAll: transpose expected an integer from -24 to 24, got 25'
  )
})

test('a steering is as strong as it is asked to be', async () => {
  const model = modelWith({ '.': 2 })
  const neurons = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7)
  const steering = { neurons, offsets: new Float32Array(8).fill(40), mode: 'add' } as const
  const [half] = await piecesOf(model, { words: 60, steering, strength: 0.5 })
  const halved = { ...steering, offsets: new Float32Array(8).fill(20) }
  expect(await piecesOf(model, { words: 60, steering: halved })).toEqual([half])
  const [unsteered] = await piecesOf(model, { words: 60, transpose: 'any' })
  expect(await piecesOf(model, { words: 60, steering, strength: 0 })).toEqual([unsteered])
  const [whole] = await piecesOf(model, { words: 60, steering })
  expect(whole!.words).not.toEqual(unsteered!.words)
  const replacing = { ...steering, mode: 'set' } as const
  await expect(piecesOf(model, { steering: replacing, strength: 0.5 })).rejects.toThrow(
    'strength expected 1 for a steering that sets the state of units, got 0.5'
  )
})

test('a piece ends after as many bars as it is asked to have, and its notes sound out', async () => {
  const model = modelWith({ '.': 2, d_whole_0: 2, '\n': 1 })
  const pieces = await piecesOf(model, { bars: 3, count: 6, maxWords: 2000 })
  expect(pieces).toHaveLength(6)
  expect(pieces.map(({ bars }) => bars)).toEqual(new Array(6).fill(3))
  for (const { score, words, isCut } of pieces) {
    expect(isCut).toBeUndefined()
    expect(decode(words, { strict: true })).toEqual(score)
  }
  const ends = pieces.map(({ score }) => Math.max(...score.notes.map(n => n.startTick + n.durationTicks)))
  expect(Math.max(...ends)).toBeGreaterThan(3 * 4 * 960)
  const [cut] = await piecesOf(model, { bars: 30, maxWords: 100 })
  expect(cut!.isCut).toBe(true)
  // The prime's last bar is completed first.
  const prime = scale().subarray(0, -20)
  const primeBars = Math.ceil(prime.filter(id => id === vocabulary.idOf('.')).length / 16)
  const [primed] = await piecesOf(model, { bars: 2, prime, maxWords: 2000 })
  expect(primed!.bars).toBe(primeBars + 2)
  await expect(piecesOf(model, { bars: 2, words: 20 })).rejects.toThrow('words expected nothing beside bars')
  await expect(piecesOf(model, { bars: 2, grammar: false })).rejects.toThrow('grammar expected true')
  await expect(piecesOf(model, { bars: 0 })).rejects.toThrow('bars expected an integer ≥ 1, got 0')
})

test.each(['onnx', 'cpu'] as const)('calls at the same time do not disturb each other, on %s', async name => {
  const engine = await (name === 'onnx' ? onnxEngine() : nodeEngine('cpu'))
  await using composer = await openComposer({ model: modelWith({ '.': 2 }), engine })
  const all = [1, 2, 3, 4].map(seed => ({ seed, words: 50 }))
  const together = await Promise.all(all.map(options => composer.compose(options)))
  for (const [index, options] of all.entries()) {
    expect(await composer.compose(options)).toEqual(together[index])
  }
})

test('tells how far it has come', async () => {
  const onProgress = vi.fn()
  await composed(modelWith({}), { words: 40, count: 2, onProgress })
  const calls = onProgress.mock.calls.map(([progress]) => progress)
  for (const progress of calls)
    expect(progress).toMatchObject({ phase: 'composing', unit: 'words', total: 80 })
  expect(calls.at(-1)).toMatchObject({ done: 80 })
})

test('a signal stops it with its reason', async () => {
  const controller = new AbortController()
  const pending = composed(modelWith({ '\n': -99 }), {
    maxWords: 100_000,
    signal: controller.signal,
    onProgress: () => controller.abort(new Error('enough'))
  })
  await expect(pending).rejects.toThrow('enough')
})

test('refuses a model of another vocabulary, and to compose after its end', async () => {
  const model = modelWith({})
  const other = { ...model, vocabulary: { name: 'other', hash: 'sha256:0' } }
  await expect(openComposer({ model: other, engine: await onnxEngine() })).rejects.toThrow(
    "openComposer: expected a model of the vocabulary 'vgm-225', got one of 'other'"
  )
  const composer = await openComposer({ model, engine: await onnxEngine() })
  await composer[Symbol.asyncDispose]()
  await expect(composer.compose({ seed: 1 })).rejects.toThrow('compose: this composer has been disposed')
  expect(() => composer.stream({ seed: 1 })).toThrow('stream: this composer has been disposed')
})
