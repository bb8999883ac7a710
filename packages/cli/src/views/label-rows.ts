import type { Note } from '@vgm/encoding'
import { type LabelledNote, type NoteLabels, velocityClasses } from '@vgm/key-velocity'
import type { Row } from '../terminal/table.js'

/** What the notes of a file say about themselves. */
export interface FileLabels extends NoteLabels<Note> {
  readonly file: string
}

const correlationDecimals = 4

/** A row per file: its key and how many notes each velocity class has. */
export function fileRows(labels: readonly FileLabels[]): Row[] {
  return labels.map(({ file, key, velocities, notes }) => ({
    file,
    tonic: key.tonic,
    mode: key.mode,
    keyIndex: key.keyIndex,
    correlation: key.correlation.toFixed(correlationDecimals),
    notes: notes.length,
    ...Object.fromEntries(velocityClasses.map(name => [name, velocities[name]]))
  }))
}

/** A row per note: where it is and what class its velocity has. */
export function noteRows(labels: readonly FileLabels[]): Row[] {
  return labels.flatMap(({ file, notes }) => notes.map(note => ({ file, ...fieldsOf(note) })))
}

/** The same as data: a list of files, each with its notes if `withNotes`. */
export function labelData(labels: readonly FileLabels[], withNotes: boolean): unknown {
  return labels.map(({ notes, ...labels }) => ({
    ...labels,
    ...(withNotes && { notes: notes.map(fieldsOf) })
  }))
}

function fieldsOf({ startTick, durationTicks, pitch, velocity, velocityClass }: LabelledNote<Note>) {
  return { startTick, durationTicks, pitch, velocity, velocityClass }
}
