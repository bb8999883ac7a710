import { InvalidOptionError } from '@vgm/base'
import { LimitError, NoNotesError } from '../errors.js'
import { parseMidi } from '../midi/parse-midi.js'
import { trimStart } from '../score/excerpt.js'
import type { Score, TempoChange } from '../score/types.js'
import { validateScore } from '../score/validate-score.js'
import type { EncodeOptions, TempoWarning } from '../tokenizer.js'
import { durationSteps, nearestDuration, writtenDuration } from './durations.js'
import { type Beat, fitTempo } from './fit-tempo.js'
import { isTempoInRange, nearestStep, tempoBin, velocityBin } from './quantise.js'
import { type StepNote, stepNotes } from './step-notes.js'
import { firstId } from './vocabulary.js'

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
 * The options `trimStart`, `tempo` and `durations` change what is said.
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
  const whole = source instanceof Uint8Array ? parseMidi(source, options) : source
  validateScore(whole, 'encode')
  if (whole.notes.length === 0) throw new NoNotesError('encode')
  const score = options.trimStart ? trimStart(whole) : whole
  const beat: Beat = options.tempo === 'fit' ? fitTempo(score) : score
  const durationOf = options.durations === 'written' ? writtenDuration : nearestDuration
  const notes = stepNotes(score.notes, beat.ticksPerQuarter, durationOf)
  const steps = notes.reduce((end, note) => Math.max(end, note.step + durationSteps[note.duration]!), 0)
  if (steps > maxSteps) throw new LimitError('encode', 'maxSteps', maxSteps, steps)

  const tempos = stepTempos(beat).filter(({ step }) => step < steps)
  const warning = tempoWarning(tempos, score)
  if (warning) options.onWarning?.(warning)
  return say(notes, tempos, steps)
}

/** The words of notes and tempos. */
function say(notes: readonly StepNote[], tempos: readonly StepTempo[], steps: number): Uint16Array {
  const changes = tempos.filter(({ bin }, index) => bin !== tempos[index - 1]?.bin)
  const ids = new Uint16Array(changes.length + 3 * notes.length + steps + 1)
  let length = 0
  let nextTempo = 0
  let nextNote = 0
  let velocityId = -1
  let duration = -1
  for (let step = 0; step < steps; step++) {
    if (changes[nextTempo]?.step === step) ids[length++] = firstId.tempo + changes[nextTempo++]!.bin
    for (; notes[nextNote]?.step === step; nextNote++) {
      const note = notes[nextNote]!
      const saidVelocity = firstId.velocity + velocityBin(note.velocity)
      if (saidVelocity !== velocityId) ids[length++] = saidVelocity
      if (note.duration !== duration) ids[length++] = firstId.duration + note.duration
      ids[length++] = firstId.note + note.pitch
      velocityId = saidVelocity
      duration = note.duration
    }
    ids[length++] = firstId.step
  }
  ids[length++] = firstId.end
  return ids.slice(0, length)
}

interface StepTempo extends TempoChange {
  readonly step: number
  readonly bin: number
}

/** The tempo of every step that has one; of several the last. */
function stepTempos({ tempos, ticksPerQuarter }: Beat): StepTempo[] {
  const byStep = new Map<number, StepTempo>()
  for (const { tick, tempoBpm } of tempos) {
    const step = nearestStep(tick, ticksPerQuarter)
    byStep.set(step, { tick, tempoBpm, step, bin: tempoBin(tempoBpm) })
  }
  return [...byStep.values()]
}

function tempoWarning(tempos: readonly StepTempo[], score: Score): TempoWarning | undefined {
  const clamped = tempos.filter(({ tempoBpm }) => !isTempoInRange(tempoBpm))
  const first = clamped[0]
  if (!first) return undefined
  const { tempoBpm, tick } = score.tempos.find(change => change.tick === first.tick)!
  const others = clamped.length > 1 ? `, and ${clamped.length - 1} more` : ''
  return {
    code: 'TEMPO_CLAMPED',
    message: `expected tempos from 24 to 160 bpm, got ${Number(tempoBpm.toFixed(2))} at tick ${tick}${others}; clamped`,
    tempoBpm,
    tick,
    count: clamped.length
  }
}
