import type { DescribedNote } from '../types.js'

/** Notes that begin together. */
export interface Onset {
  /** Where the first of them begins. */
  readonly tick: number
  /** By ascending pitch. */
  readonly notes: readonly DescribedNote[]
}

/**
 * Notes that begin less than a 64th note (31 ms at 120 bpm) after the first of them are one onset, so that a chord of
 * a performance, whose notes never begin at quite the same moment, counts once.
 *
 * @param notes by onset.
 */
export function groupOnsets(notes: readonly DescribedNote[], ticksPerQuarter: number): Onset[] {
  const groups: { tick: number; notes: DescribedNote[] }[] = []
  for (const note of notes) {
    const last = groups.at(-1)
    if (last && (note.startTick - last.tick) * 16 < ticksPerQuarter) last.notes.push(note)
    else groups.push({ tick: note.startTick, notes: [note] })
  }
  for (const group of groups) group.notes.sort((a, b) => a.pitch - b.pitch)
  return groups
}

/**
 * The top voice: of every onset the highest note, unless a higher one still sounds.
 *
 * @source Uitdenbogerd & Zobel 1998, "Manipulation of music for melody matching": skyline
 */
export function topLine(onsets: readonly Onset[]): DescribedNote[] {
  return outerLine(
    onsets,
    onset => onset.notes.at(-1)!,
    (a, b) => a > b
  )
}

/** The lowest voice: of every onset the lowest note, unless a lower one still sounds. */
export function lowestLine(onsets: readonly Onset[]): DescribedNote[] {
  return outerLine(
    onsets,
    onset => onset.notes[0]!,
    (a, b) => a < b
  )
}

function outerLine(
  onsets: readonly Onset[],
  pick: (onset: Onset) => DescribedNote,
  isOutside: (pitch: number, other: number) => boolean
): DescribedNote[] {
  const line: DescribedNote[] = []
  let sounding: DescribedNote[] = []
  for (const onset of onsets) {
    const candidate = pick(onset)
    sounding = sounding.filter(note => note.startTick + note.durationTicks > candidate.startTick)
    if (!sounding.some(note => isOutside(note.pitch, candidate.pitch))) line.push(candidate)
    for (const note of onset.notes) sounding.push(note)
  }
  return line
}
