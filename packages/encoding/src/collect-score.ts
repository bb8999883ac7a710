import { LimitError, NoNotesError } from './errors.js'
import type { MidiHeader } from './midi-header.js'
import { defaultTempo, percussionChannel } from './midi-limits.js'
import type { MidiEvent, Track } from './midi-track.js'
import { compareNotes } from './note-order.js'
import { extendBySustain, type PedalEvent } from './sustain.js'
import type { KeySignature, Note, Score, TempoChange, TimeSignature } from './types.js'

export interface CollectOptions {
  readonly includePercussion: boolean
  readonly sustain: 'extend' | 'ignore'
  readonly maxTicks: number
}

type Sounding = { -readonly [K in keyof Note]: Note[K] }
type Queue = { notes: Sounding[]; head: number }

interface Collected {
  readonly notes: Note[]
  readonly tempos: Map<number, TempoChange>
  readonly timeSignatures: Map<number, TimeSignature>
  readonly keySignatures: Map<number, KeySignature>
  percussionNotes: number
}

/** Merges the tracks of a file into one score. */
export function collectScore(header: MidiHeader, tracks: readonly Track[], options: CollectOptions): Score {
  const { timing } = header
  const collected: Collected = {
    notes: [],
    tempos: new Map(),
    timeSignatures: new Map(),
    keySignatures: new Map(),
    percussionNotes: 0
  }
  const patterns = header.format === 2 ? tracks.map(track => [track]) : [tracks]
  let start = 0
  for (const pattern of patterns) {
    collected.tempos.set(start, { ...defaultTempo, tick: start })
    start = collectPattern(pattern, start, collected, options)
    if (start > options.maxTicks) throw new LimitError('parseMidi', 'maxTicks', options.maxTicks, start)
  }
  if (collected.notes.length === 0) throw new NoNotesError('parseMidi', collected.percussionNotes)
  const fixedTempo = timing.fixedTempo && { tick: 0, tempoBpm: 60e6 / timing.fixedTempo }
  return {
    ticksPerQuarter: timing.ticksPerQuarter,
    notes: collected.notes.sort(compareNotes),
    tempos: fixedTempo ? [fixedTempo] : inOrder(collected.tempos),
    timeSignatures: inOrder(collected.timeSignatures),
    keySignatures: inOrder(collected.keySignatures)
  }
}

function inOrder<T extends { readonly tick: number }>(changes: ReadonlyMap<number, T>): T[] {
  return [...changes.values()].sort((a, b) => a.tick - b.tick)
}

/** Adds tracks that sound together, all moved to `start`. Returns the tick where the last of them ends. */
function collectPattern(
  tracks: readonly Track[],
  start: number,
  collected: Collected,
  options: CollectOptions
): number {
  const programs = new Uint8Array(16)
  const sounding = new Map<number, Queue>()
  const notes: Sounding[] = []
  const pedals: PedalEvent[] = []
  // The sort is stable, so events at one tick stay in the order of tracks, then of events.
  const events: MidiEvent[] = tracks.flatMap(track => track.events).sort((a, b) => a.tick - b.tick)

  for (const event of events) {
    const tick = start + event.tick
    switch (event.type) {
      case 'noteOn': {
        const { channel, pitch, velocity } = event
        if (channel === percussionChannel && !options.includePercussion) {
          collected.percussionNotes++
          break
        }
        const program = programs[channel]!
        const note: Sounding = { pitch, velocity, startTick: tick, durationTicks: 0, channel, program }
        notes.push(note)
        const key = queueKey(event)
        const queue = sounding.get(key)
        if (queue) queue.notes.push(note)
        else sounding.set(key, { notes: [note], head: 0 })
        break
      }
      case 'noteOff': {
        const key = queueKey(event)
        const queue = sounding.get(key)
        if (!queue) break
        const note = queue.notes[queue.head++]!
        note.durationTicks = Math.max(tick - note.startTick, 1)
        if (queue.head === queue.notes.length) sounding.delete(key)
        break
      }
      case 'program':
        programs[event.channel] = event.program
        break
      case 'pedal':
        pedals.push({ ...event, tick })
        break
      case 'tempo':
        collected.tempos.set(tick, { tick, tempoBpm: 60e6 / event.microsecondsPerQuarter })
        break
      case 'timeSignature':
        collected.timeSignatures.set(tick, {
          tick,
          numerator: event.numerator,
          denominator: event.denominator
        })
        break
      case 'keySignature':
        collected.keySignatures.set(tick, { tick, fifths: event.fifths, mode: event.mode })
        break
    }
  }

  const ends = new Map(tracks.map(({ track, endTick }) => [track, start + endTick]))
  for (const [key, queue] of sounding) {
    const end = ends.get(Math.floor(key / keysPerTrack))!
    for (const note of queue.notes.slice(queue.head)) note.durationTicks = Math.max(end - note.startTick, 1)
  }
  const end = tracks.reduce((latest, { endTick }) => Math.max(latest, start + endTick), start)
  const held = options.sustain === 'extend' ? extendBySustain(notes, pedals, end) : notes
  for (const note of held) collected.notes.push(note)
  return end
}

const keysPerTrack = 16 * 128

function queueKey(event: { track: number; channel: number; pitch: number }): number {
  return event.track * keysPerTrack + event.channel * 128 + event.pitch
}
