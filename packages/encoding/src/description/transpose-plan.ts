import { requireInteger } from '@vgm/base'
import { transposeChord } from './chords.js'
import type { BarPlan, Plan } from './plan.js'

/**
 * The plan in another key: its chords and mean pitches moved, these within 0–127.
 *
 * @param semitones Up (> 0) or down (< 0), an integer.
 * @throws {InvalidOptionError} if `semitones` is no integer.
 */
export function transposePlan(plan: Plan, semitones: number): Plan {
  requireInteger('transposePlan', 'semitones', semitones, -127, 127)
  if (semitones === 0) return plan
  const moved = (chord: string | null) => (chord === null ? null : transposeChord(chord, semitones))
  return {
    bars: plan.bars.map(
      ({ pitch, chords, ...bar }): BarPlan => ({
        ...bar,
        ...(pitch !== undefined && { pitch: Math.min(Math.max(pitch + semitones, 0), 127) }),
        ...(chords !== undefined && { chords: [moved(chords[0]), moved(chords[1])] })
      })
    )
  }
}
