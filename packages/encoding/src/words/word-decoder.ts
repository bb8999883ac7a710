import { UnknownIdError } from '../errors.js'
import { percussionChannel } from '../score/heard-notes.js'
import { compareNotes } from '../score/note-order.js'
import { defaultTempo } from '../score/time.js'
import type { Note, Score, TempoChange } from '../score/types.js'
import type { PartDecoder } from '../tokenizer.js'
import { durationUnits, durationUnitsPerQuarter } from './durations.js'
import { velocityOfBin } from './quantise.js'
import { firstId, vocabulary } from './vocabulary.js'

/** Of a decoded score: a multiple of 64, so that all 28 durations are integers: a 32nd with three dots has 225 ticks. */
export const ticksPerQuarter = 960
/** The length of a time step in the ticks of a decoded score. */
export const ticksPerStep = ticksPerQuarter / 4
const ticksPerUnit = ticksPerQuarter / durationUnitsPerQuarter

/** Decodes words one by one. */
export class WordDecoder implements PartDecoder {
  #tick = 0
  #startTick = 0
  #tempo: TempoChange = defaultTempo
  #velocity = 64
  #durationTicks = ticksPerQuarter
  #notes: Note[] = []
  #notesOfStep: Note[] = []
  #tempos = new Map([[0, this.#tempo]])
  #position = 0
  #isEnded = false
  readonly #channels = new Channels()

  /** 240 for each time step. */
  get ticks(): number {
    return this.#tick - this.#startTick
  }

  push(id: number): void {
    if (this.#isEnded) return
    if (vocabulary.words[id] === undefined) {
      throw new UnknownIdError('decode', id, vocabulary.size, this.#position)
    }
    this.#position++
    if (id === firstId.end) this.#isEnded = true
    else if (id === firstId.step) this.#endStep()
    else if (id >= firstId.tempo) this.#setTempo(24 + 4 * (id - firstId.tempo))
    else if (id >= firstId.velocity) this.#velocity = velocityOfBin(id - firstId.velocity)
    else if (id >= firstId.duration) {
      this.#durationTicks = durationUnits[id - firstId.duration]! * ticksPerUnit
    } else this.#strike(id)
  }

  take(): Score {
    this.#sortStep()
    const score: Score = {
      ticksPerQuarter,
      notes: this.#notes,
      tempos: [...this.#tempos.values()],
      timeSignatures: [],
      keySignatures: []
    }
    this.#startTick = this.#tick
    this.#notes = []
    this.#tempos = new Map([[0, { ...this.#tempo, tick: 0 }]])
    return score
  }

  #setTempo(tempoBpm: number): void {
    this.#tempo = { tick: this.ticks, tempoBpm }
    this.#tempos.set(this.ticks, this.#tempo)
  }

  #strike(pitch: number): void {
    const [velocity, durationTicks] = [this.#velocity, this.#durationTicks]
    this.#notesOfStep.push({ pitch, velocity, startTick: this.#tick, durationTicks, channel: 0, program: 0 })
  }

  #endStep(): void {
    this.#sortStep()
    this.#tick += ticksPerStep
  }

  #sortStep(): void {
    const spread = this.#notesOfStep.sort(compareNotes).map(note => this.#channels.place(note))
    for (const note of spread.sort(compareNotes)) {
      this.#notes.push(this.#startTick === 0 ? note : { ...note, startTick: this.ticks })
    }
    this.#notesOfStep = []
  }
}

/** All channels but that of percussion. */
const melodicChannels = Array.from({ length: 16 }, (_, channel) => channel).filter(
  channel => channel !== percussionChannel
)

/** Knows until when every pitch of every channel sounds. */
class Channels {
  readonly #endTicks = new Map<number, number>()

  /** The note, on the first channel where its pitch is silent, or on 0 if none is. Notes come in the order of their onsets. */
  place(note: Note): Note {
    const keyOf = (channel: number) => channel * 128 + note.pitch
    const endOf = (channel: number) => this.#endTicks.get(keyOf(channel)) ?? 0
    const channel = melodicChannels.find(channel => endOf(channel) <= note.startTick) ?? 0
    this.#endTicks.set(keyOf(channel), Math.max(note.startTick + note.durationTicks, endOf(channel)))
    return channel === note.channel ? note : { ...note, channel }
  }
}
