import { expect, it, describe as suite } from 'vitest'
import { note, ticksPerQuarter, tune } from '../test/phrases.js'
import { describe } from './describe.js'
import { describeWindows } from './describe-windows.js'
import { featureDefinitions, featureNames } from './features.js'
import { InvalidNoteError, InvalidOptionError, NoNotesError } from './index.js'

const options = { ticksPerQuarter }

suite('describe', () => {
  it('gives one value per definition, under its name', () => {
    const { names, values } = describe(tune, options)
    expect(names).toEqual(featureDefinitions.map(({ name }) => name))
    expect(values).toHaveLength(73)
    expect(values[names.indexOf('mean-pitch')]).toBe(66.5)
  })

  it('does not mind the order of the notes, and leaves them as they are', () => {
    const reversed = Object.freeze(tune.toReversed())
    expect(describe(reversed, options).values).toEqual(describe(tune, options).values)
  })

  it('leaves percussion out', () => {
    const drum = { ...note(35, 0, 8, 127), channel: 9 }
    expect(describe([drum, ...tune], options).values).toEqual(describe(tune, options).values)
  })

  it('describes a unison as one note, however many play it: the longest, then the loudest', () => {
    const expected = describe(tune, options).values
    const quieter = tune.map(each => ({ ...each, velocity: each.velocity - 20 }))
    const shorter = tune.map(each => ({ ...each, durationTicks: each.durationTicks - 1, velocity: 127 }))
    for (const others of [1, 7, 15]) {
      const channels = Array.from({ length: others }, (_, channel) =>
        [tune, quieter, shorter][channel % 3]!.map(each => ({ ...each, channel: channel % 9 }))
      )
      expect(describe([...channels.flat(), ...tune], options).values).toEqual(expected)
      const windows = [...describeWindows({ ...options, notes: [...tune, ...channels.flat()] }, { bars: 1 })]
      const alone = [...describeWindows({ ...options, notes: tune }, { bars: 1 })]
      expect(windows).toEqual(alone)
    }
  })

  it('refuses percussion alone, saying how much there was', () => {
    const drum = { ...note(35, 0, 8), channel: 9 }
    expect(() => describe([drum, drum], options)).toThrow(
      expect.objectContaining({
        code: 'NO_NOTES',
        percussionNotes: 2,
        message: 'describe: expected at least one pitched note, got none (2 percussion notes left out)'
      })
    )
    expect(() => describe([], options)).toThrow(NoNotesError)
  })

  it.each([
    ['pitch', 128, 'an integer from 0 to 127'],
    ['pitch', 60.5, 'an integer from 0 to 127'],
    ['velocity', 0, 'an integer from 1 to 127'],
    ['startTick', -1, 'an integer from 0 to 268435455'],
    ['durationTicks', 0, 'an integer from 1 to 268435455'],
    ['durationTicks', Number.NaN, 'an integer from 1 to 268435455'],
    ['channel', 16, 'an integer from 0 to 15']
  ])('refuses a note whose %s is %d', (field, value, expected) => {
    const notes = [note(60, 0, 1), { ...note(62, 1, 1), [field]: value }]
    const path = `notes[1].${field}`
    const message = `describe: ${path} expected ${expected}, got ${value}`
    expect(() => describe(notes, options)).toThrow(InvalidNoteError)
    expect(() => describe(notes, options)).toThrow(expect.objectContaining({ path, value, message }))
  })

  it.each([
    [{ ticksPerQuarter: 0 }, 'ticksPerQuarter expected an integer from 1 to 32767, got 0'],
    [
      { tempos: [{ tick: 0, tempoBpm: 0 }] },
      'tempos[0].tempoBpm expected a number from 1 to 60,000,000, got 0'
    ],
    [
      {
        tempos: [
          { tick: 5, tempoBpm: 60 },
          { tick: 5, tempoBpm: 70 }
        ]
      },
      'tempos[1].tick expected an integer from 6 to 268435455, got 5'
    ],
    [
      { timeSignatures: [{ tick: 0, numerator: 0, denominator: 4 }] },
      'timeSignatures[0].numerator expected an integer from 1 to 255, got 0'
    ],
    [
      { timeSignatures: [{ tick: 0, numerator: 4, denominator: 6 }] },
      'timeSignatures[0].denominator expected a power of two from 1 to 32768, got 6'
    ]
  ])('refuses the options %o', (wrong, problem) => {
    expect(() => describe(tune, { ...options, ...wrong })).toThrow(InvalidOptionError)
    expect(() => describe(tune, { ...options, ...wrong })).toThrow(`describe: ${problem}`)
  })
})

suite('featureDefinitions', () => {
  it('names every descriptor once, in kebab-case, with a unit, a range and a source', () => {
    expect(new Set(featureNames).size).toBe(featureNames.length)
    for (const { name, unit, range, source, description } of featureDefinitions) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(range[0], name).toBeLessThan(range[1])
      for (const text of [unit, source, description]) expect(text, name).not.toBe('')
    }
  })
})
