import { expect, test } from 'vitest'
import { barStart, endOfBar } from './bars.js'
import { createMetre } from './metre.js'

const piece = {
  ticksPerQuarter: 480,
  timeSignatures: [
    { tick: 1920, numerator: 6, denominator: 8 },
    { tick: 4000, numerator: 2, denominator: 4 }
  ]
}

test('names the bar of a tick; a signature in the middle of a bar begins the next one', () => {
  const { barAt } = createMetre(piece)
  expect(barAt(1919)).toEqual({ index: 0, startTick: 0, quarters: 4, numerator: 4, denominator: 4 })
  expect(barAt(1920)).toMatchObject({ index: 1, startTick: 1920, quarters: 3, numerator: 6, denominator: 8 })
  expect(barAt(3999)).toMatchObject({ index: 2, startTick: 3360 })
  expect(barAt(4960)).toMatchObject({ index: 4, startTick: 4960, quarters: 2 })
})

test('knows where bars begin and end', () => {
  const metre = createMetre(piece)
  expect([0, 1, 2, 3, 4].map(metre.startOfBar)).toEqual([0, 1920, 3360, 4000, 4960])
  expect([0, 1920, 3360, 4000].map(tick => endOfBar(piece, tick))).toEqual([1920, 3360, 4800, 4960])
  expect([100, 1920, 3999, 5000].map(tick => barStart(piece, tick))).toEqual([0, 1920, 3360, 4960])
})

test('a bar of a fraction of ticks begins at a fraction; barStart rounds it as barTicks does', () => {
  const fives = { ticksPerQuarter: 1, timeSignatures: [{ tick: 0, numerator: 5, denominator: 8 }] }
  expect([0, 1, 2, 3].map(createMetre(fives).startOfBar)).toEqual([0, 2.5, 5, 7.5])
  expect([0, 2, 3, 7, 8].map(tick => barStart(fives, tick))).toEqual([0, 0, 3, 5, 8])
})
