import { createRandom, InvalidOptionError } from '@vgm/base'
import { FoldsError } from '@vgm/probe'
import { expect, test } from 'vitest'
import { scoreOf } from '../../test/music.js'
import { SilentMusicError } from '../errors.js'
import { realOrComposed } from './real-or-composed.js'

const random = createRandom(5)

/** Eight bars of chance between two pitches, so many notes to the bar. */
function noise(notesPerBar: number) {
  return scoreOf(
    Array.from({ length: 8 * notesPerBar }, (_, k) => ({
      pitch: 50 + random.below(20),
      velocity: 40 + random.below(50),
      startTick: Math.floor((k * 1920) / notesPerBar),
      durationTicks: 120 + random.below(240)
    }))
  )
}

const pieces = (notesPerBar: number, count = 24) => Array.from({ length: count }, () => noise(notesPerBar))

test('tells music that is other music, and not music that is alike', async () => {
  const [real, same, other] = [pieces(8), pieces(8), pieces(12)]
  const apart = await realOrComposed(real, other)
  expect(apart.accuracy).toBeGreaterThan(0.95)
  expect(apart.real).toEqual({ pieces: 24, phrases: 48 })
  const alike = await realOrComposed(real, same)
  expect(alike.accuracy).toBeGreaterThan(0.3)
  expect(alike.accuracy).toBeLessThan(0.7)
  expect(alike.interval[0]).toBeLessThan(alike.accuracy)
  expect(alike.interval[1]).toBeGreaterThan(alike.accuracy)
  expect(await realOrComposed(real, same)).toEqual(alike)
})

test('does not gain from more pieces of one kind, nor from recognising a piece', async () => {
  const many = await realOrComposed(pieces(8, 60), pieces(8, 15))
  expect(many.accuracy).toBeGreaterThan(0.3)
  expect(many.accuracy).toBeLessThan(0.7)
  // Eight bars over and over: who has heard one phrase of a piece knows all of them.
  const loops = Array.from({ length: 24 }, () => {
    const { notes } = noise(2)
    return scoreOf(
      [0, 1, 2, 3].flatMap(time =>
        notes.map(note => ({ ...note, startTick: note.startTick + time * 8 * 1920 }))
      )
    )
  })
  expect((await realOrComposed(loops.slice(12), loops.slice(0, 12))).accuracy).toBeLessThan(0.75)
})

test('leaves out silent pieces, and refuses what cannot be compared', async () => {
  const [real, composed] = [pieces(8, 6), pieces(12, 6)]
  const { composed: counted } = await realOrComposed(real, [...composed, scoreOf([])], { folds: 3 })
  expect(counted.pieces).toBe(6)
  await expect(realOrComposed(real, [scoreOf([])])).rejects.toThrow(SilentMusicError)
  await expect(realOrComposed(real.slice(0, 2), composed.slice(0, 2))).rejects.toThrow(FoldsError)
  await expect(realOrComposed(real, composed, { folds: 1 })).rejects.toThrow(InvalidOptionError)
  const stopped = AbortSignal.abort(new Error('enough'))
  await expect(realOrComposed(real, composed, { signal: stopped })).rejects.toThrow('enough')
})
