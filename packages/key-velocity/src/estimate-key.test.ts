import { InvalidOptionError } from '@vgm/base'
import { expect, test } from 'vitest'
import { errorOf, everyPitchClass, line, majorScale } from '../test/notes.js'
import { InvalidNoteError, NoNotesError, UniformHistogramError } from './errors.js'
import { estimateKey } from './estimate-key.js'
import { keyProfiles, profileNames } from './profiles.js'

/** Pearson's formula as textbooks have it. */
function pearson(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const sum = (term: (x: number, y: number) => number) =>
    a.reduce((total, x, index) => total + term(x - meanA, (b[index] ?? 0) - meanB), 0)
  return sum((x, y) => x * y) / Math.sqrt(sum(x => x * x) * sum((_, y) => y * y))
}

test('names the key of a scale, its class for a classifier, and how sure that is', () => {
  const { alternatives, ...key } = estimateKey(line(majorScale))
  expect(key).toEqual({
    tonic: 'C',
    mode: 'major',
    name: 'C major',
    keyIndex: 0,
    correlation: expect.closeTo(
      pearson([2, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1], keyProfiles['krumhansl-kessler'].major),
      12
    )
  })
  expect(alternatives).toHaveLength(24)
  expect(alternatives[0]).toEqual(key)
})

test('weighs pitch classes by how long they sound: a long A turns C major into A minor', () => {
  expect(estimateKey([...line(majorScale), ...line([57], 4800, 3840)]).name).toBe('A minor')
})

test.each(profileNames)(
  '%s: a piece that is its profile correlates fully with its key, in every key',
  profile => {
    for (const mode of ['major', 'minor'] as const) {
      for (let tonic = 0; tonic < 12; tonic++) {
        const notes = keyProfiles[profile][mode].flatMap((weight, degree) =>
          line([48 + tonic + degree], weight)
        )
        const key = estimateKey(notes, { profile })
        expect(key.keyIndex).toBe(tonic + (mode === 'major' ? 0 : 12))
        expect(key.correlation).toBeCloseTo(1, 12)
      }
    }
  }
)

test('leaves percussion out of the key', () => {
  const drums = line([36, 38, 42, 46], 9600).map(note => ({ ...note, channel: 9 }))
  expect(estimateKey([...drums, ...line(majorScale)])).toEqual(estimateKey(line(majorScale)))
})

test('breaks ties by keyIndex, whatever rounding says: a tritone fits two keys equally', () => {
  const { alternatives } = estimateKey(line([60, 66, 60, 66, 60, 66], 1 / 3))
  for (const [rank, candidate] of alternatives.slice(1).entries()) {
    const previous = alternatives[rank]
    if (previous && Math.abs(previous.correlation - candidate.correlation) < 1e-13) {
      expect(previous.keyIndex).toBeLessThan(candidate.keyIndex)
    }
  }
  expect(alternatives[1]?.keyIndex).toBe((alternatives[0]?.keyIndex ?? 0) + 6)
})

test.each([
  ['no notes', [], 'got none', 0, 0],
  ['percussion only', [{ ...line([60])[0]!, channel: 9 }], 'got only 1 of percussion', 1, 0],
  ['notes without a length', line([60, 62], 0), 'got only 2 of length 0', 0, 2]
])('refuses %s', (_, notes, got, percussionNotes, emptyNotes) => {
  const error = errorOf(() => estimateKey(notes))
  expect(error).toBeInstanceOf(NoNotesError)
  expect(error).toMatchObject({
    code: 'NO_NOTES',
    message: `estimateKey: expected at least one pitched note, ${got}`,
    percussionNotes,
    emptyNotes
  })
})

test('refuses pitch classes that all sound equally long, even by sums that round', () => {
  const error = errorOf(() => estimateKey(line(everyPitchClass)))
  expect(error).toBeInstanceOf(UniformHistogramError)
  expect(error).toMatchObject({
    code: 'UNIFORM_HISTOGRAM',
    ticks: 480,
    message: 'estimateKey: expected pitch classes of different weight, got 480 ticks of each'
  })
  const inThirds = [...everyPitchClass, ...everyPitchClass.slice(1), ...everyPitchClass.slice(1)]
  const notes = [...line(inThirds, 0.1), ...line([60], 0.3 - 0.1)]
  expect(errorOf(() => estimateKey(notes))).toBeInstanceOf(UniformHistogramError)
})

test.each([
  ['pitch', 128, 'an integer from 0 to 127'],
  ['pitch', 60.5, 'an integer from 0 to 127'],
  ['startTick', Number.NaN, 'a number'],
  ['durationTicks', -1, 'a number of at least 0'],
  ['durationTicks', Number.POSITIVE_INFINITY, 'a number of at least 0']
])('refuses a note whose %s is %s', (field, value, expected) => {
  const [good, bad] = line([60, 62])
  const error = errorOf(() => estimateKey([good!, { ...bad!, [field]: value }]))
  expect(error).toBeInstanceOf(InvalidNoteError)
  expect(error).toMatchObject({
    path: `notes[1].${field}`,
    value,
    message: `estimateKey: notes[1].${field} expected ${expected}, got ${value}`
  })
})

test('refuses an unknown profile, naming those it knows', () => {
  const error = errorOf(() => estimateKey(line(majorScale), { profile: 'x' as 'temperley' }))
  expect(error).toBeInstanceOf(InvalidOptionError)
  expect((error as Error).message).toBe(
    'estimateKey: profile expected one of krumhansl-kessler, temperley, aarden-essen, albrecht-shanahan, bellman-budge, got "x"'
  )
})
