import { type Note, type Score, writeMidi } from '@vgm/encoding'

/** A score of quarter notes one after another, at 480 ticks per quarter. */
export function scoreOf(pitches: readonly number[], tempoBpm = 120, velocity = 64): Score {
  const notes = pitches.map(
    (pitch, index): Note => ({
      pitch,
      velocity,
      startTick: index * 480,
      durationTicks: 480,
      channel: 0,
      program: 0
    })
  )
  return {
    ticksPerQuarter: 480,
    notes,
    tempos: [{ tick: 0, tempoBpm }],
    timeSignatures: [],
    keySignatures: []
  }
}

/** A MIDI file of quarter notes; by default of a C major triad. */
export function midiFile(pitches: readonly number[] = [60, 64, 67], tempoBpm?: number): Uint8Array {
  return writeMidi(scoreOf(pitches, tempoBpm))
}
