import { barTicks, countHeard, lengthSeconds, parseMidi, type Score, writeMidi } from '@vgm/encoding'
import { estimateKey, UniformHistogramError } from '@vgm/key-velocity'
import { leastNotes } from './defaults.js'

/** A MIDI file to be written, and what is in it. */
export interface MidiPiece {
  readonly bytes: Uint8Array
  /** When the last note ends. */
  readonly seconds: number
  /** Up to the one in which the last note begins. */
  readonly bars: number
  readonly notes: number
  readonly words: number
  /** The name of the key that fits best, such as `E minor`; absent where there are too few notes to tell. */
  readonly key?: string
}

/** A score as a MIDI file, measured as a player would read it. */
export function toMidiPiece(score: Score, words: number): MidiPiece {
  const bytes = writeMidi(score)
  const played = parseMidi(bytes)
  const key = keyOf(played)
  return {
    bytes,
    seconds: lengthSeconds(played),
    bars: barTicks(played).length,
    notes: played.notes.length,
    words,
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
