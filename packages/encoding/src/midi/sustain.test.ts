import { describe, expect, test } from 'vitest'
import { file, off, on, pedal, track } from '../../test/bytes.js'
import { parseMidi } from './parse-midi.js'

const spans = (tracks: readonly number[][], sustain?: 'extend' | 'ignore') =>
  parseMidi(file(tracks), sustain ? { sustain } : {}).notes.map(note => [
    note.pitch,
    note.startTick,
    note.startTick + note.durationTicks
  ])

describe('sustain pedal', () => {
  const held = [track([pedal(0, 127), on(10, 60), off(10, 60), on(5, 62), pedal(15, 0), off(20, 62)])]

  test('does nothing unless it is asked to', () => {
    const keys = [
      [60, 10, 20],
      [62, 25, 60]
    ]
    expect(spans(held)).toEqual(keys)
    expect(spans(held, 'ignore')).toEqual(keys)
  })

  test('holds a released note until it goes up, and not a note released later', () => {
    expect(spans(held, 'extend')).toEqual([
      [60, 10, 40],
      [62, 25, 60]
    ])
  })

  test('is down from 64 on', () => {
    const events = (value: number) => [track([pedal(0, value), on(0, 60), off(10, 60), pedal(10, 0)])]
    expect(spans(events(64), 'extend')).toEqual([[60, 0, 20]])
    expect(spans(events(63), 'extend')).toEqual([[60, 0, 10]])
  })

  test('lets a note go where its pitch is struck again', () => {
    const events = [
      pedal(0, 64),
      on(0, 60),
      off(10, 60),
      on(10, 60),
      off(5, 60),
      on(5, 62),
      off(1, 62),
      pedal(9, 63)
    ]
    expect(spans([track(events)], 'extend')).toEqual([
      [60, 0, 20],
      [60, 20, 40],
      [62, 30, 40]
    ])
  })

  test('holds the notes of its channel only, in every track', () => {
    const tracks = [
      track([pedal(0, 127), pedal(50, 0)]),
      track([on(0, 60), on(0, 62, 64, 1), off(10, 60), off(0, 62, 1)])
    ]
    expect(spans(tracks, 'extend')).toEqual([
      [60, 0, 50],
      [62, 0, 10]
    ])
  })

  test('that never goes up holds to the end of the longest track', () => {
    const tracks = [track([pedal(0, 127)], 90), track([on(0, 60), off(10, 60)])]
    expect(spans(tracks, 'extend')).toEqual([[60, 0, 90]])
  })

  test('pressed again at once holds what is released from then on', () => {
    const events = [
      pedal(0, 127),
      on(0, 60),
      off(10, 60),
      pedal(10, 0),
      pedal(0, 127),
      on(0, 62),
      off(5, 62),
      pedal(5, 0)
    ]
    expect(spans([track(events)], 'extend')).toEqual([
      [60, 0, 20],
      [62, 20, 30]
    ])
  })
})
