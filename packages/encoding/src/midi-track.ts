import { type MidiEvent as FileEvent, parseMidi as readFile } from 'midi-file'
import { LimitError, MidiEventError } from './errors.js'
import { largestTick } from './midi-limits.js'
import { BlockError, trackFile } from './track-file.js'

/** What matters of a track's events. `tick` is in ticks of the score; `track` counts from 0. */
export type MidiEvent = { readonly tick: number; readonly track: number } & (
  | { readonly type: 'noteOn'; readonly channel: number; readonly pitch: number; readonly velocity: number }
  | { readonly type: 'noteOff'; readonly channel: number; readonly pitch: number }
  | { readonly type: 'program'; readonly channel: number; readonly program: number }
  | { readonly type: 'pedal'; readonly channel: number; readonly isDown: boolean }
  | { readonly type: 'tempo'; readonly microsecondsPerQuarter: number }
  | { readonly type: 'timeSignature'; readonly numerator: number; readonly denominator: number }
  | { readonly type: 'keySignature'; readonly fifths: number; readonly mode: 'major' | 'minor' }
)

export interface TrackSource {
  readonly bytes: Uint8Array
  /** First byte of the track's events and the one after its last. */
  readonly start: number
  readonly end: number
  /** Counted from 0. */
  readonly track: number
  readonly tickScale: number
}

/** Limits shared by the tracks of one file; `events` counts what has been read so far. */
export interface Budget {
  events: number
  readonly maxEvents: number
  readonly maxTicks: number
}

/** One track as read. */
export interface Track {
  /** Counted from 0. */
  readonly track: number
  readonly events: readonly MidiEvent[]
  readonly endTick: number
}

const sustainController = 64

/** Reads one track up to its end-of-track event or its last byte. */
export function readTrack(source: TrackSource, budget: Budget): Track {
  const { track } = source
  const fileEvents = readEvents(source)
  const events: MidiEvent[] = []
  let index = 0
  let tick = 0
  const fail = (problem: string): never => {
    throw eventError(source, `event ${index + 1} (${fileEvents[index]!.type} at tick ${tick}): ${problem}`)
  }
  for (; index < fileEvents.length; index++) {
    const fileEvent = fileEvents[index]!
    const { deltaTime } = fileEvent
    if (!(deltaTime >= 0 && deltaTime <= largestTick)) {
      fail(`deltaTime expected 0 to ${largestTick}, got ${deltaTime}`)
    }
    tick += deltaTime * source.tickScale
    if (tick > budget.maxTicks) throw new LimitError('parseMidi', 'maxTicks', budget.maxTicks, tick)
    budget.events++
    if (budget.events > budget.maxEvents) {
      throw new LimitError('parseMidi', 'maxEvents', budget.maxEvents, budget.events)
    }
    const event = scoreEvent(fileEvent, tick, track, fail)
    if (event) events.push(event)
  }
  return { track, events, endTick: tick }
}

/** An error in an event; midi-file does not say where it stands, so this says where the track's events begin. */
function eventError({ track, start }: TrackSource, problem: string): MidiEventError {
  return new MidiEventError(track + 1, start, `${problem}, in the events that begin`)
}

/** The events of a track as midi-file reads them, up to and with its end of track if it has one. */
function readEvents(source: TrackSource): FileEvent[] {
  const { bytes, start, track } = source
  let events: FileEvent[]
  try {
    events = readFile(trackFile(bytes.subarray(start, source.end))).tracks[0]!
  } catch (error) {
    if (typeof error === 'string') throw eventError(source, error)
    if (!(error instanceof BlockError)) throw error
    const { at, length, available } = error
    const problem = `length of data expected 0 to ${available} bytes, got ${length}`
    throw new MidiEventError(track + 1, start + at, problem)
  }
  const end = events.findIndex(({ type }) => type === 'endOfTrack')
  if (end >= 0) return events.slice(0, end + 1)
  // Past the end midi-file reads `undefined`, which is left in a field of the last event or makes it NaN.
  // (A shift makes it 0 where a pitch bend or a short time signature lacks its last byte; neither moves a note.)
  const isCut = Object.values(events.at(-1) ?? {}).some(field => field === undefined || Number.isNaN(field))
  if (isCut) throw eventError(source, 'the last event runs past the end of the track')
  return events
}

/**
 * The event as a score keeps it, if it does. Lenient where files in use are: a velocity above 127 counts as 127, and a
 * time or key signature out of range is skipped, as nothing sounds by it.
 */
function scoreEvent(
  event: FileEvent,
  tick: number,
  track: number,
  fail: (problem: string) => never
): MidiEvent | undefined {
  switch (event.type) {
    case 'noteOn':
    case 'noteOff': {
      const { type, channel, noteNumber: pitch } = event
      if (!isData(pitch)) return fail(`noteNumber expected 0 to 127, got ${pitch}`)
      if (type === 'noteOff') return { type, tick, track, channel, pitch }
      return { type, tick, track, channel, pitch, velocity: Math.min(event.velocity, 127) }
    }
    case 'noteAftertouch':
      return isData(event.noteNumber)
        ? undefined
        : fail(`noteNumber expected 0 to 127, got ${event.noteNumber}`)
    case 'channelAftertouch':
      return isData(event.amount) ? undefined : fail(`amount expected 0 to 127, got ${event.amount}`)
    case 'controller': {
      const { channel, controllerType, value } = event
      if (!isData(controllerType)) return fail(`controllerType expected 0 to 127, got ${controllerType}`)
      if (controllerType !== sustainController) return undefined
      return { type: 'pedal', tick, track, channel, isDown: value >= 64 }
    }
    case 'programChange': {
      const { channel, programNumber: program } = event
      if (!isData(program)) return fail(`programNumber expected 0 to 127, got ${program}`)
      return { type: 'program', tick, track, channel, program }
    }
    case 'setTempo': {
      const { microsecondsPerBeat: microsecondsPerQuarter } = event
      if (microsecondsPerQuarter === 0) return fail('microsecondsPerBeat expected at least 1, got 0')
      return { type: 'tempo', tick, track, microsecondsPerQuarter }
    }
    case 'timeSignature': {
      const { type, numerator, denominator } = event
      if (numerator === 0 || denominator < 1 || denominator > 2 ** 15) return undefined
      return { type, tick, track, numerator, denominator }
    }
    case 'keySignature': {
      const { type, key: fifths, scale } = event
      if (Math.abs(fifths) > 7 || scale > 1) return undefined
      return { type, tick, track, fifths, mode: scale === 0 ? 'major' : 'minor' }
    }
    default:
      return undefined
  }
}

/** Whether the value is one that a data byte may have. */
function isData(value: number): boolean {
  return value >= 0 && value <= 127
}
