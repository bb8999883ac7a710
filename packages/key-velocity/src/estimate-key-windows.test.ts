import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { errorOf, everyPitchClass, line, majorScale } from '../test/notes.js'
import { InvalidNoteError, TooManyWindowsError } from './errors.js'
import { estimateKey } from './estimate-key.js'
import { estimateKeyWindows, type KeyWindow } from './estimate-key-windows.js'

const ticksPerQuarter = 480
const places = (windows: readonly KeyWindow[]) =>
  windows.map(({ startTick, endTick, key }) => [startTick, endTick, key?.name])

test('follows a modulation, bar by bar or two bars at a time', () => {
  const inC = [60, 64, 67, 72]
  const inA = [57, 61, 64, 69]
  const notes = line([...inC, ...inC, ...inA])
  expect(places(estimateKeyWindows(notes, { ticksPerQuarter }))).toEqual([
    [0, 1920, 'C major'],
    [1920, 3840, 'C major'],
    [3840, 5760, 'A major']
  ])
  expect(places(estimateKeyWindows(notes, { ticksPerQuarter, bars: 2 }))).toEqual([
    [0, 3840, 'C major'],
    [3840, 5760, 'A major']
  ])
})

test('is the key of the notes cut at the windows, by quarters', () => {
  const [held] = line([60], 1200)
  const windows = estimateKeyWindows([held!, ...line([64, 67, 71], 480, 480)], {
    ticksPerQuarter,
    quarters: 1.5,
    profile: 'temperley'
  })
  const cut = [...line([60], 720), ...line([64], 240, 480)]
  expect(windows[0]).toEqual({ startTick: 0, endTick: 720, key: estimateKey(cut, { profile: 'temperley' }) })
  expect(windows.map(({ endTick }) => endTick)).toEqual([720, 1440, 2160])
})

test('takes bars from the time signatures; a new one begins a bar', () => {
  const timeSignatures = [
    { tick: 3000, numerator: 2, denominator: 4 },
    { tick: 0, numerator: 3, denominator: 4 },
    { tick: 99_999, numerator: 4, denominator: 4 }
  ]
  const windows = estimateKeyWindows(line([60], 4000), { ticksPerQuarter, timeSignatures })
  expect(windows.map(({ startTick }) => startTick)).toEqual([0, 1440, 2880, 3000, 3960])
  expect(windows.at(-1)?.endTick).toBe(4920)
})

test('says why a window has no key', () => {
  const chord = everyPitchClass.flatMap(pitch => line([pitch], 480, 960))
  expect(estimateKeyWindows([...line([60]), ...chord], { ticksPerQuarter, quarters: 1 }).slice(1)).toEqual([
    { startTick: 480, endTick: 960, key: undefined, reason: 'silence' },
    { startTick: 960, endTick: 1440, key: undefined, reason: 'uniform' }
  ])
  expect(estimateKeyWindows([], { ticksPerQuarter })).toEqual([])
})

test.each([
  [{ ticksPerQuarter: 0 }, 'ticksPerQuarter expected a number above 0, got 0'],
  [{ ticksPerQuarter, bars: 1.5 }, 'bars expected an integer ≥ 1, got 1.5'],
  [{ ticksPerQuarter, quarters: -1 }, 'quarters expected a number above 0, got -1'],
  [{ ticksPerQuarter, bars: 1, quarters: 1 }, 'bars expected nothing beside quarters, got 1'],
  [
    { ticksPerQuarter, timeSignatures: [{ tick: 0, numerator: 4, denominator: 0 }] },
    'timeSignatures[0].denominator expected a number above 0, got 0'
  ]
])('refuses %o', (options, message) => {
  const error = errorOf(() => estimateKeyWindows(line(majorScale), options))
  expect(error).toBeInstanceOf(InvalidOptionError)
  expect((error as Error).message).toBe(`estimateKeyWindows: ${message}`)
})

test('refuses windows beyond number rather than filling the memory', () => {
  const notes = line([60], 1, 2 ** 28)
  const error = errorOf(() => estimateKeyWindows(notes, { ticksPerQuarter: 1, quarters: 1 }))
  expect(error).toBeInstanceOf(TooManyWindowsError)
  expect(errorOf(() => estimateKeyWindows(notes, { ticksPerQuarter: 1 }))).toBeInstanceOf(TooManyWindowsError)
})

test('refuses a note before the first window', () => {
  const error = errorOf(() => estimateKeyWindows(line([60], 480, -1), { ticksPerQuarter }))
  expect(error).toBeInstanceOf(InvalidNoteError)
})
