import { GrammarError, UnknownIdError } from '../errors.js'
import { percussionChannel } from '../score/heard-notes.js'
import { compareNotes } from '../score/note-order.js'
import { defaultTempo } from '../score/time.js'
import type { Note, Score, TempoChange } from '../score/types.js'
import type { DecodeOptions } from '../tokenizer.js'
import { durationUnits, durationUnitsPerQuarter } from './durations.js'
import { advanceFor, grammar } from './grammar.js'
import { firstId, vocabulary } from './vocabulary.js'

/** Of a decoded score: a multiple of 64, so that all 28 durations are integers: a 32nd with three dots has 225 ticks. */
export const ticksPerQuarter = 960
/** The length of a time step in the ticks of a decoded score. */
export const ticksPerStep = ticksPerQuarter / 4
const ticksPerUnit = ticksPerQuarter / durationUnitsPerQuarter

/**
 * The score of a piece, at 960 ticks per quarter, on channel 0 with program 0. For every sequence that `encode` can
 * produce, `encode(decode(ids))` is `ids`.
 *
 * A note that is struck while its pitch still sounds goes to the next channel where the pitch is silent: a synthesizer
 * ends every note of a channel and pitch at the first note-off.
 *
 * Any ids give a score: until a word says otherwise the tempo is 120 bpm, the velocity 64 and the duration a quarter;
 * notes sound in the order of their pitches, whatever the order of their words; what follows the first `\n` is ignored.
 * `v_128` becomes velocity 127.
 *
 * @param ids Shape `[T]`.
 * @throws {UnknownIdError} if a number is no word's id.
 * @throws {GrammarError} with `strict`, naming the position of the first word that `encode` never puts there.
 */
export function decode(ids: ArrayLike<number>, { strict = false }: DecodeOptions = {}): Score {
  if (strict) requirePiece(ids)
  const notes: Note[] = []
  const tempos = new Map<number, TempoChange>([[0, defaultTempo]])
  let startTick = 0
  let velocity = 64
  let durationTicks = ticksPerQuarter
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index]!
    if (vocabulary.words[id] === undefined) throw new UnknownIdError('decode', id, vocabulary.size, index)
    if (id === firstId.end) break
    if (id === firstId.step) startTick += ticksPerStep
    else if (id >= firstId.tempo)
      tempos.set(startTick, { tick: startTick, tempoBpm: 24 + 4 * (id - firstId.tempo) })
    else if (id >= firstId.velocity) velocity = Math.min(4 + 4 * (id - firstId.velocity), 127)
    else if (id >= firstId.duration) durationTicks = durationUnits[id - firstId.duration]! * ticksPerUnit
    else notes.push({ pitch: id, velocity, startTick, durationTicks, channel: 0, program: 0 })
  }
  return {
    ticksPerQuarter,
    notes: spreadOverChannels(notes.sort(compareNotes)).sort(compareNotes),
    tempos: [...tempos.values()],
    timeSignatures: [],
    keySignatures: []
  }
}

/** All channels but that of percussion. */
const melodicChannels = Array.from({ length: 16 }, (_, channel) => channel).filter(
  channel => channel !== percussionChannel
)

/** The notes, in the order of their onsets, each on the first channel where its pitch is silent, or on 0 if none is. */
function spreadOverChannels(notes: readonly Note[]): Note[] {
  const endTicks = new Map<number, number>()
  return notes.map(note => {
    const keyOf = (channel: number) => channel * 128 + note.pitch
    const isSilent = (channel: number) => (endTicks.get(keyOf(channel)) ?? 0) <= note.startTick
    const channel = melodicChannels.find(isSilent) ?? 0
    const endTick = note.startTick + note.durationTicks
    endTicks.set(keyOf(channel), Math.max(endTick, endTicks.get(keyOf(channel)) ?? 0))
    return channel === note.channel ? note : { ...note, channel }
  })
}

/** Throws unless the ids are one whole piece. */
function requirePiece(ids: ArrayLike<number>): void {
  let state = grammar.initial()
  for (let index = 0; index < ids.length; index++) state = advanceFor('decode', state, ids[index]!)
  if (state.last !== 'end')
    throw new GrammarError('decode', ids.length, 'expected "\\n" at the end of the piece')
}
