import { durationSteps, nearestDuration } from './duration.js'
import { InvalidOptionError, LimitError, NoNotesError } from './errors.js'
import { type ParseOptions, parseMidi } from './midi/parse-midi.js'
import { nearestStep, tempoBin, velocityBin } from './quantise.js'
import type { Score } from './types.js'
import { validateScore } from './validate-score.js'
import { firstId } from './vocabulary.js'

/** How {@link encode} reads; the options of {@link parseMidi} apply where it is given bytes. */
export interface EncodeOptions extends ParseOptions {
  /** Longest piece, in time steps. Default 1,048,576 (36 hours at 120 bpm). */
  readonly maxSteps?: number
}

interface StepNote {
  readonly step: number
  readonly pitch: number
  readonly velocityId: number
  readonly duration: number
  /** Of two notes of one pitch in one step, the one that comes first here stays. */
  readonly ticks: number
  readonly velocity: number
}

/**
 * A piece as ids of {@link vocabulary}. A time step is a sixteenth.
 *
 * - Onsets go to the nearest step, counted in ticks; durations to the nearest of the 28; velocities and tempos to the
 *   nearest multiple of 4, kept within 4…128 and 24…160. Half-way values go up: later, longer, louder, faster.
 * - In a step: the tempo if it changed (of several changes in a step the last counts), then the notes by ascending
 *   pitch, each preceded by its velocity, then its duration, where these differ from the last ones said. Then one `.`.
 * - The first step always says its tempo.
 * - Of two notes of one pitch in one step the longer stays; of equally long ones the louder.
 * - The last step is the last that any note touches with its rounded duration: a note of a 16th or less touches the step
 *   of its onset only. Tempo changes after it are not said. Then `\n`.
 * - Channels and programs are not told apart.
 *
 * @param source The bytes of a MIDI file, read with {@link parseMidi}, or a score.
 * @returns Ids, shape `[T]`.
 * @throws {NoNotesError} if there is no note.
 * @throws {InvalidScoreError} if a field of the score is out of its range.
 * @throws {LimitError} if the piece has more than `maxSteps` steps; and what {@link parseMidi} throws.
 * @source Ferreira & Whitehead 2019, §3.1
 */
export function encode(source: Uint8Array | Score, options: EncodeOptions = {}): Uint16Array {
  const { maxSteps = 2 ** 20 } = options
  if (!(maxSteps >= 0)) throw new InvalidOptionError('encode', 'maxSteps', 'a number ≥ 0', maxSteps)
  const score = source instanceof Uint8Array ? parseMidi(source, options) : source
  validateScore(score, 'encode')
  const notes = stepNotes(score)
  if (notes.length === 0) throw new NoNotesError('encode')
  const steps = notes.reduce((end, note) => Math.max(end, note.step + durationSteps[note.duration]!), 0)
  if (steps > maxSteps) throw new LimitError('encode', 'maxSteps', maxSteps, steps)

  const ids: number[] = []
  const tempos = tempoChanges(score)
  let nextTempo = 0
  let nextNote = 0
  let velocityId = -1
  let duration = -1
  for (let step = 0; step < steps; step++) {
    if (tempos[nextTempo]?.step === step) ids.push(firstId.tempo + tempos[nextTempo++]!.bin)
    for (; notes[nextNote]?.step === step; nextNote++) {
      const note = notes[nextNote]!
      if (note.velocityId !== velocityId) ids.push(note.velocityId)
      if (note.duration !== duration) ids.push(firstId.duration + note.duration)
      ids.push(firstId.note + note.pitch)
      velocityId = note.velocityId
      duration = note.duration
    }
    ids.push(firstId.step)
  }
  ids.push(firstId.end)
  return Uint16Array.from(ids)
}

/** The notes that are said, in the order in which they are said. */
function stepNotes(score: Score): StepNote[] {
  const { ticksPerQuarter } = score
  return score.notes
    .map(note => ({
      step: nearestStep(note.startTick, ticksPerQuarter),
      pitch: note.pitch,
      velocityId: firstId.velocity + velocityBin(note.velocity),
      duration: nearestDuration(note.durationTicks, ticksPerQuarter),
      ticks: note.durationTicks,
      velocity: note.velocity
    }))
    .sort((a, b) => a.step - b.step || a.pitch - b.pitch || b.ticks - a.ticks || b.velocity - a.velocity)
    .filter((note, index, all) => {
      const previous = all[index - 1]
      return note.step !== previous?.step || note.pitch !== previous.pitch
    })
}

/** The steps at which the rounded tempo changes, the first of them at step 0. */
function tempoChanges(score: Score): { readonly step: number; readonly bin: number }[] {
  const byStep = new Map<number, number>()
  for (const { tick, tempoBpm } of score.tempos) {
    byStep.set(nearestStep(tick, score.ticksPerQuarter), tempoBin(tempoBpm))
  }
  const changes = [...byStep].map(([step, bin]) => ({ step, bin }))
  return changes.filter(({ bin }, index) => bin !== changes[index - 1]?.bin)
}
