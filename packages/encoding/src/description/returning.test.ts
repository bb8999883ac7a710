import { expect, test } from 'vitest'
import { score } from '../../test/scores.js'
import { describe, likenessOf } from './index.js'
import { returnsOf } from './returning.js'

const whole = 1920
const figure = (bar: number, pitches: readonly number[]) =>
  pitches.map((pitch, at) => ({ pitch, startTick: bar * whole + at * 480, durationTicks: 480 }))

test('the likeness of two bars is the share of all their notes that both have', () => {
  expect(likenessOf([1, 2, 3], [2, 3, 4])).toBe(0.5)
  expect(likenessOf([1, 2], [1, 2])).toBe(1)
  expect(likenessOf([], [])).toBe(0)
})

test('a bar that comes back names the nearest of the bars that it is most like; silence is never a return', () => {
  const { bars } = describe(
    score([
      ...figure(0, [60, 62, 64, 65]),
      ...figure(1, [70, 72, 74, 76]),
      ...figure(2, [60, 62, 64, 65]),
      ...figure(5, [60, 62, 64, 67]),
      ...figure(6, [60, 72, 74, 76]),
      ...figure(7, [60, 62, 64, 65])
    ])
  )
  expect(bars.map(({ returns }) => returns)).toEqual([
    null,
    null,
    { bars: 2, how: 'exact' },
    null,
    null,
    { bars: 3, how: 'varied' },
    { bars: 5, how: 'varied' },
    { bars: 5, how: 'exact' }
  ])
})

test('a bar is exact from 95 % on, varied from half on', () => {
  const of = (common: number, other: number) => {
    const first = Array.from({ length: common }, (_, index) => index)
    const second = [...first, ...Array.from({ length: other }, (_, index) => 1000 + index)]
    return returnsOf([first, second])[1]
  }
  expect(of(19, 1)).toEqual({ bars: 1, how: 'exact' })
  expect(of(18, 1)).toEqual({ bars: 1, how: 'varied' })
  expect(of(5, 5)).toEqual({ bars: 1, how: 'varied' })
  expect(of(5, 6)).toBeNull()
})

test('a bar comes back from at most 64 bars ago', () => {
  const returnOver = (distance: number) => returnsOf([[7], ...Array(distance - 1).fill([]), [7]]).at(-1)
  expect(returnOver(64)).toEqual({ bars: 64, how: 'exact' })
  expect(returnOver(65)).toBeNull()
})

test('the place of a note within its bar counts, not within the piece', () => {
  const { bars } = describe(
    score([{ startTick: 0 }, { startTick: whole + 480 }, { startTick: 2 * whole + 480 }])
  )
  expect(bars.map(({ returns }) => returns)).toEqual([null, null, { bars: 1, how: 'exact' }])
})
