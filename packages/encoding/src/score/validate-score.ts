import { InvalidScoreError } from '../errors.js'
import type { Score } from './types.js'

type Check = readonly [field: string, value: number, low: number, high: number]

/** Throws {@link InvalidScoreError} at the first field of a score that is out of its range. */
export function validateScore(score: Score, caller: string, largestTick = Number.MAX_SAFE_INTEGER): void {
  const requireInteger = (path: string, value: number, low: number, high: number): void => {
    if (Number.isInteger(value) && value >= low && value <= high) return
    throw new InvalidScoreError(caller, path, `an integer from ${low} to ${high}`, value)
  }
  requireInteger('ticksPerQuarter', score.ticksPerQuarter, 1, 32767)

  score.notes.forEach((note, index) => {
    const checks: Check[] = [
      ['pitch', note.pitch, 0, 127],
      ['velocity', note.velocity, 1, 127],
      ['startTick', note.startTick, 0, largestTick],
      ['durationTicks', note.durationTicks, 1, largestTick - note.startTick],
      ['channel', note.channel, 0, 15],
      ['program', note.program, 0, 127]
    ]
    for (const [field, value, low, high] of checks) {
      if (!(Number.isInteger(value) && value >= low && value <= high)) {
        requireInteger(`notes[${index}].${field}`, value, low, high)
      }
    }
  })

  const lists = ['tempos', 'timeSignatures', 'keySignatures'] as const
  for (const list of lists) {
    let previous = -1
    score[list].forEach(({ tick }, index) => {
      requireInteger(`${list}[${index}].tick`, tick, previous + 1, largestTick)
      previous = tick
    })
  }
  if (score.tempos[0]?.tick !== 0) {
    throw new InvalidScoreError(caller, 'tempos[0].tick', '0', score.tempos[0]?.tick)
  }
  score.tempos.forEach(({ tempoBpm }, index) => {
    const microseconds = Math.round(60e6 / tempoBpm)
    if (!(microseconds >= 1 && microseconds <= 0xffffff)) {
      throw new InvalidScoreError(
        caller,
        `tempos[${index}].tempoBpm`,
        'a number from 3.58 to 60,000,000',
        tempoBpm
      )
    }
  })
  score.timeSignatures.forEach(({ numerator, denominator }, index) => {
    requireInteger(`timeSignatures[${index}].numerator`, numerator, 1, 255)
    const power = Math.log2(denominator)
    if (!Number.isInteger(power) || power < 0 || power > 15) {
      const path = `timeSignatures[${index}].denominator`
      throw new InvalidScoreError(caller, path, 'a power of two from 1 to 32768', denominator)
    }
  })
  score.keySignatures.forEach(({ fifths, mode }, index) => {
    requireInteger(`keySignatures[${index}].fifths`, fifths, -7, 7)
    if (mode !== 'major' && mode !== 'minor') {
      throw new InvalidScoreError(caller, `keySignatures[${index}].mode`, '"major" or "minor"', mode)
    }
  })
}
