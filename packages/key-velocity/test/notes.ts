import type { PitchedNote } from '../src/index.js'

/** Notes of one length, one after the other. */
export function line(pitches: readonly number[], durationTicks = 480, startTick = 0): PitchedNote[] {
  return pitches.map((pitch, index) => ({
    pitch,
    velocity: 64,
    startTick: startTick + index * durationTicks,
    durationTicks
  }))
}

export const majorScale = [60, 62, 64, 65, 67, 69, 71, 72]
export const everyPitchClass = Array.from({ length: 12 }, (_, pitchClass) => 60 + pitchClass)

/** The error that `work` throws. */
export function errorOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('expected an error, got none')
}
