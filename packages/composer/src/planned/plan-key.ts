import { chordIndex, type Plan } from '@vgm/encoding/description'
import { estimateKey, NoNotesError, UniformHistogramError } from '@vgm/key-velocity'
import { distanceHome } from './home-key.js'

/** The chord tones above the root. */
const triads = [
  [0, 4, 7],
  [0, 3, 7]
] as const
const lowest = 48

/** The key that a plan's chords are in: how far it is from C major or A minor, and its mode. */
export interface PlanKey {
  /** By how many semitones the plan is moved to stand there, −6 to 5. */
  readonly toHome: number
  readonly mode: 'major' | 'minor'
}

/** The key of a plan's chords; C major where they do not tell. */
export function planKey({ bars }: Plan): PlanKey {
  const notes = bars.flatMap(({ chords = [] }, bar) =>
    chords.flatMap(chord => {
      const index = chord === null ? undefined : chordIndex(chord)
      if (index === undefined) return []
      return triads[index < 12 ? 0 : 1].map(interval => ({
        pitch: lowest + (index % 12) + interval,
        velocity: 64,
        startTick: bar,
        durationTicks: 1
      }))
    })
  )
  try {
    const { keyIndex, mode } = estimateKey(notes)
    return { toHome: distanceHome(keyIndex), mode }
  } catch (error) {
    if (!(error instanceof NoNotesError || error instanceof UniformHistogramError)) throw error
    return { toHome: 0, mode: 'major' }
  }
}
