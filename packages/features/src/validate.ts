import { InvalidOptionError, requireInteger } from '@vgm/base'
import { InvalidNoteError } from './errors.js'
import type { DescribedNote, DescribeOptions } from './types.js'

/** The largest tick that a MIDI file can say in one delta. Sums and squares of ticks stay finite and exact below it. */
const largestTick = 0xfffffff

function isInteger(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high
}

/** Throws {@link InvalidNoteError} at the first field of a note that is out of its range. */
export function validateNotes(notes: readonly DescribedNote[], caller: string): void {
  notes.forEach((note, index) => {
    const require = (field: keyof DescribedNote, low: number, high: number): void => {
      const value = note[field]
      if (value !== undefined && isInteger(value, low, high)) return
      const expected = `an integer from ${low} to ${high}`
      throw new InvalidNoteError(caller, `notes[${index}].${field}`, expected, value)
    }
    require('pitch', 0, 127)
    require('velocity', 1, 127)
    require('startTick', 0, largestTick)
    require('durationTicks', 1, largestTick)
    if (note.channel !== undefined) require('channel', 0, 15)
  })
}

/** Throws {@link InvalidOptionError} at the first option that is out of its range. */
export function validateOptions(options: DescribeOptions, caller: string): void {
  requireInteger(caller, 'ticksPerQuarter', options.ticksPerQuarter, 1, 32767)
  for (const list of ['tempos', 'timeSignatures'] as const) {
    let next = 0
    options[list]?.forEach(({ tick }, index) => {
      requireInteger(caller, `${list}[${index}].tick`, tick, next, largestTick)
      next = tick + 1
    })
  }
  options.tempos?.forEach(({ tempoBpm }, index) => {
    if (tempoBpm >= 1 && tempoBpm <= 60e6) return
    const option = `tempos[${index}].tempoBpm`
    throw new InvalidOptionError(caller, option, 'a number from 1 to 60,000,000', tempoBpm)
  })
  options.timeSignatures?.forEach(({ numerator, denominator }, index) => {
    requireInteger(caller, `timeSignatures[${index}].numerator`, numerator, 1, 255)
    if (isInteger(Math.log2(denominator), 0, 15)) return
    const option = `timeSignatures[${index}].denominator`
    throw new InvalidOptionError(caller, option, 'a power of two from 1 to 32768', denominator)
  })
}
