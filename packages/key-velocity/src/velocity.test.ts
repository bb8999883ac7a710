import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { errorOf, line } from '../test/notes.js'
import { InvalidNoteError } from './errors.js'
import {
  countVelocityClasses,
  velocityClass,
  velocityClasses,
  velocityClassIndex,
  velocityLabels
} from './velocity.js'

const ranges = { pp: [0, 31], p: [32, 47], mp: [48, 63], mf: [64, 79], f: [80, 95], ff: [96, 127] } as const

test('classes every velocity as the paper does', () => {
  for (const [index, name] of velocityClasses.entries()) {
    const [low, high] = ranges[name]
    for (let velocity = low; velocity <= high; velocity++) {
      expect([velocity, velocityClass(velocity), velocityClassIndex(velocity)]).toEqual([
        velocity,
        name,
        index
      ])
    }
  }
})

test.each([-1, 128, 63.5, Number.NaN])('refuses the velocity %s', velocity => {
  const error = errorOf(() => velocityClass(velocity))
  expect(error).toBeInstanceOf(InvalidOptionError)
  expect((error as Error).message).toBe(
    `velocityClass: velocity expected an integer from 0 to 127, got ${velocity}`
  )
})

const notes = [31, 32, 100, 0, 95].map((velocity, index) => ({
  ...line([60])[0]!,
  velocity,
  channel: index === 4 ? 9 : 0
}))

test('labels each note in order, percussion too, and counts the labels', () => {
  expect(velocityLabels(notes)).toEqual(['pp', 'p', 'ff', 'pp', 'f'])
  expect(countVelocityClasses(notes)).toEqual({ pp: 2, p: 1, mp: 0, mf: 0, f: 1, ff: 1 })
})

test('reads the velocities of @tonejs/midi, which are shares of 127', () => {
  const tone = Array.from({ length: 128 }, (_, velocity) => ({
    midi: 60,
    velocity: velocity / 127,
    ticks: 0,
    durationTicks: 1
  }))
  expect(velocityLabels(tone)).toEqual(tone.map((_, velocity) => velocityClass(velocity)))
  const error = errorOf(() => velocityLabels([{ ...tone[0]!, velocity: 64 }]))
  expect(error).toBeInstanceOf(InvalidNoteError)
  expect((error as Error).message).toBe(
    'velocityLabels: notes[0].velocity expected a number from 0 to 1, got 64'
  )
})
