import { type Score, writeMidi } from '@vgm/encoding'
import { featureNames, featuresVersion } from '@vgm/features'
import { estimateKey, NoNotesError, UniformHistogramError } from '@vgm/key-velocity'
import { expect, test, vi } from 'vitest'
import { scoreOf, waves } from '../test/music.js'
import { probeOf } from '../test/probe-of.js'
import { openJudge } from './judge.js'
import { preparePiece } from './piece.js'
import { judgeEach, judgePieces, openEmotionReader } from './read.js'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** High music is positive: 0.5 where half of the bars are up. */
const probe = {
  probe: probeOf(
    featureNames.map(name => (name === 'mean-pitch' ? 0.25 : 0)),
    -0.25 * 60.125
  ),
  featureKind: 'descriptors',
  featuresVersion
}
/** The probability of a phrase with so many of its bars up: 3 for four of four in the exponent, 1.5 for three … */
const probabilityOf = (up: number, bars = 4) => sigmoid((6 * up) / bars - 3)
const reader = await openEmotionReader({ probe })

/** Seven bars that fall, the last three at half the tempo. */
const falls = waves('++++---', {
  tempos: [
    { tick: 0, tempoBpm: 120 },
    { tick: 7680, tempoBpm: 60 }
  ]
})

test('reads a piece as a whole and bar by bar, with key, tempo and length', async () => {
  const emotion = await reader.read(falls)
  const expected = [4, 3, 2, 1].map(up => probabilityOf(up))
  const curve = expected.map((probability, index) => ({
    bar: index + 1,
    lastBar: index + 4,
    startSec: 2 * index,
    probability: expect.closeTo(probability, 9)
  }))
  const { alternatives: _, ...key } = estimateKey(falls)
  expect(key.name).toBe('G major')
  expect(emotion).toEqual({
    key,
    tempoBpm: expect.closeTo(84, 9),
    bars: 7,
    seconds: 20,
    notes: 56,
    verdict: 'positive',
    probability: expect.closeTo(expected.reduce((a, b) => a + b) / 4, 9),
    lowest: curve[3],
    highest: curve[0],
    curve
  })
})

test('reads the bytes of a MIDI file as it reads the score', async () => {
  expect(await reader.read(writeMidi(falls))).toEqual(await reader.read(falls))
  await expect(reader.read(new TextEncoder().encode('not MIDI'))).rejects.toMatchObject({
    code: expect.any(String)
  })
})

test('leaves percussion out, and counts unison once', async () => {
  const alone = waves('++---')
  const drums = alone.notes.map(note => ({ ...note, channel: 9, durationTicks: 5000 }))
  const doubled = alone.notes.map(note => ({ ...note, channel: 1 }))
  const notes = [...alone.notes, ...drums, ...doubled].sort((a, b) => a.startTick - b.startTick)
  expect(await reader.read({ ...alone, notes })).toEqual(await reader.read(alone))
})

test('a piece without four bars is judged as a whole', async () => {
  expect(await reader.read(waves('+-'))).toMatchObject({
    bars: 2,
    verdict: 'negative',
    probability: expect.closeTo(0.5, 9),
    curve: [{ bar: 1, lastBar: 2, startSec: 0 }]
  })
})

test('fewer than eight notes are too short to judge', async () => {
  const notes = (count: number) =>
    scoreOf(Array.from({ length: count }, (_, k) => ({ pitch: 60 + k, startTick: k * 240 })))
  expect(await reader.read(notes(7))).toMatchObject({
    notes: 7,
    bars: 1,
    tempoBpm: 120,
    verdict: null,
    probability: null,
    lowest: null,
    highest: null,
    curve: []
  })
  expect((await reader.read(notes(8))).verdict).not.toBeNull()
})

test('pieces are judged together as one by one, in their order', async () => {
  const scores: Score[] = [falls, scoreOf([{ pitch: 60 }]), waves('--'), waves('+++++')]
  const pieces = await Promise.all(scores.map(score => preparePiece(score)))
  const judge = await openJudge({ probe })
  const single = await Promise.all(scores.map(score => reader.read(score)))
  expect(await judgePieces(pieces, judge)).toEqual(single)
  expect(await judgePieces([], judge)).toEqual([])
})

test('any number of pieces are judged in batches, as one by one', async () => {
  const scores: Score[] = [falls, scoreOf([{ pitch: 60 }]), waves('--'), waves('+++++')]
  const items = await Promise.all(
    scores.map(async (score, index) => ({ index, piece: await preparePiece(score) }))
  )
  const judge = await openJudge({ probe })
  const judged = vi.fn(judge.probabilities)
  let taken = 0
  async function* source() {
    for (const item of items) {
      taken++
      yield item
    }
  }
  const emotions = []
  // Four phrases of the first piece, then one and two.
  for await (const { item, emotion } of judgeEach(
    source(),
    { ...judge, probabilities: judged },
    { batch: 2 }
  )) {
    if (item.index === 0) expect(taken).toBe(1)
    emotions[item.index] = emotion
  }
  expect(judged.mock.calls.map(([phrases]) => phrases.length)).toEqual([4, 3])
  expect(emotions).toEqual(await Promise.all(scores.map(score => reader.read(score))))
  await expect(judgeEach(source(), judge, { batch: 0 }).next()).rejects.toThrow('judgeEach: batch expected')
})

test('music without pitched notes, or without a key, is refused', async () => {
  await expect(reader.read(scoreOf([]))).rejects.toBeInstanceOf(NoNotesError)
  await expect(reader.read(scoreOf([{ channel: 9 }]))).rejects.toMatchObject({ percussionNotes: 1 })
  const chromatic = Array.from({ length: 12 }, (_, k) => ({ pitch: 60 + k, startTick: k * 240 }))
  await expect(reader.read(scoreOf(chromatic))).rejects.toBeInstanceOf(UniformHistogramError)
})

test('stops with the reason of the signal', async () => {
  const reason = new Error('enough')
  await expect(reader.read(falls, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const controller = new AbortController()
  const onProgress = () => controller.abort(reason)
  const long = reader.read(waves('+'.repeat(200)), { signal: controller.signal, onProgress })
  await expect(long).rejects.toBe(reason)
})
