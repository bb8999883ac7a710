import { parseMidi, type Score, writeMidi } from '@vgm/encoding'
import { lengthSeconds } from './length-seconds.js'
import type { WrittenPiece } from './write-pieces.js'

/** A score as a MIDI file, measured as a player would read it. */
export function toMidiPiece(score: Score, words: number): WrittenPiece {
  const bytes = writeMidi(score)
  const played = parseMidi(bytes)
  return { bytes, seconds: lengthSeconds(played), notes: played.notes.length, words }
}
