import type { NoteLabels } from './label-notes.js'
import type { PitchedNote } from './types.js'
import { type VelocityClass, velocityClasses } from './velocity.js'

const correlationDecimals = 4

/** The labels of a piece as a row of a table: its key and how many notes each velocity class has. */
export function labelRow({ key, velocities, notes }: NoteLabels) {
  return {
    tonic: key.tonic,
    mode: key.mode,
    keyIndex: key.keyIndex,
    correlation: key.correlation.toFixed(correlationDecimals),
    notes: notes.length,
    ...(Object.fromEntries(velocityClasses.map(name => [name, velocities[name]])) as Record<
      VelocityClass,
      number
    >)
  }
}

/** A row per note: where it is and what class its velocity has. */
export function noteRows<N extends PitchedNote>({ notes }: NoteLabels<N>) {
  return notes.map(({ startTick, durationTicks, pitch, velocity, velocityClass }) => ({
    startTick,
    durationTicks,
    pitch,
    velocity,
    velocityClass
  }))
}
