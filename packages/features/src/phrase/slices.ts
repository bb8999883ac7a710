import type { DescribedNote } from '../types.js'

/** A stretch of time in which the same pitches sound. */
export interface Slice {
  readonly tick: number
  /** > 0. */
  readonly ticks: number
  /** Ascending, each once; empty in a rest. */
  readonly pitches: readonly number[]
}

/**
 * Cuts a phrase wherever a note begins or ends.
 *
 * @param notes by onset.
 */
export function sliceBySound(notes: readonly DescribedNote[]): Slice[] {
  const changes = notes
    .flatMap(note => [
      { tick: note.startTick, pitch: note.pitch, by: 1 },
      { tick: note.startTick + note.durationTicks, pitch: note.pitch, by: -1 }
    ])
    .sort((a, b) => a.tick - b.tick)
  const voicesAt = new Uint32Array(128)
  const slices: Slice[] = []
  let from = changes[0]!.tick
  for (const { tick, pitch, by } of changes) {
    if (tick > from) {
      slices.push({ tick: from, ticks: tick - from, pitches: soundingPitches(voicesAt) })
      from = tick
    }
    voicesAt[pitch]! += by
  }
  return slices
}

function soundingPitches(voicesAt: Uint32Array): number[] {
  const pitches: number[] = []
  for (let pitch = 0; pitch < voicesAt.length; pitch++) if (voicesAt[pitch]! > 0) pitches.push(pitch)
  return pitches
}

/** How long two pitches sound together, in ticks, by the semitones between them modulo 12; every pair counts. */
export function intervalTicks(slices: readonly Slice[]): number[] {
  const lengths = new Array<number>(12).fill(0)
  for (const { pitches, ticks } of slices) {
    pitches.forEach((low, index) => {
      for (const high of pitches.slice(index + 1)) lengths[(high - low) % 12]! += ticks
    })
  }
  return lengths
}
