import { barTicks, countHeard, lengthSeconds, parseMidi, type Score, writeMidi } from '@vgm/encoding'
import { estimateKey, UniformHistogramError } from '@vgm/key-velocity'
import { leastNotes } from './defaults.js'

/** A score as a MIDI file, and what is in it. */
export interface RenderedMidi {
  /** The bytes of a MIDI file. */
  readonly midi: Uint8Array
  /** When the last note ends, in seconds. */
  readonly seconds: number
  /** Up to the one in which the last note begins. */
  readonly bars: number
  readonly notes: number
  /** The name of the key that fits best, such as `E minor`; absent where there are too few notes to tell. */
  readonly key?: string
}

/**
 * Writes a score as a MIDI file, and measures it as a player would read it.
 *
 * @throws {InvalidScoreError} if a field of the score is out of its range.
 */
export function renderMidi(score: Score): RenderedMidi {
  const midi = writeMidi(score)
  const played = parseMidi(midi)
  const key = keyOf(played)
  return {
    midi,
    seconds: lengthSeconds(played),
    bars: barTicks(played).length,
    notes: played.notes.length,
    ...(key !== undefined && { key })
  }
}

function keyOf(score: Score): string | undefined {
  if (countHeard(score) < leastNotes) return undefined
  try {
    return estimateKey(score).name
  } catch (error) {
    if (error instanceof UniformHistogramError) return undefined
    throw error
  }
}
