import { LimitError, MidiEventError } from './errors.js'

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

/**
 * Reads one track up to its end-of-track event or its last byte. Lenient where files in use are: running status outlives
 * meta events, and a velocity or a controller's value above 127 counts as 127.
 */
export function readTrack(source: TrackSource, budget: Budget): Track {
  const { bytes, end, track } = source
  const events: MidiEvent[] = []
  let at = source.start
  let tick = 0
  let runningStatus = 0

  const fail = (offset: number, problem: string): never => {
    throw new MidiEventError(track + 1, offset, problem)
  }
  const readByte = (): number =>
    at < end ? bytes[at++]! : fail(at, 'an event runs past the end of the track')
  const readData = (): number => {
    const value = readByte()
    return value < 0x80 ? value : fail(at - 1, `data expected 0 to 127, got ${value}`)
  }
  const readLength = (): number => {
    const from = at
    let value = 0
    for (let count = 0; count < 4; count++) {
      const byte = readByte()
      value = value * 128 + (byte & 0x7f)
      if (byte < 0x80) return value
    }
    return fail(from, 'a number longer than 4 bytes')
  }
  const readBlock = (): Uint8Array => {
    const from = at
    const length = readLength()
    if (at + length > end) fail(from, `${length} bytes of data run past the end of the track`)
    at += length
    return bytes.subarray(at - length, at)
  }

  while (at < end) {
    tick += readLength() * source.tickScale
    if (tick > budget.maxTicks) throw new LimitError('parseMidi', 'maxTicks', budget.maxTicks, tick)
    budget.events++
    if (budget.events > budget.maxEvents) {
      throw new LimitError('parseMidi', 'maxEvents', budget.maxEvents, budget.events)
    }
    const statusAt = at
    let status = readByte()
    if (status === 0xff) {
      const type = readByte()
      const data = readBlock()
      if (type === 0x2f) break
      const event = metaEvent(type, data)
      if (event === 'bad tempo') fail(statusAt, 'a tempo that is no positive 24-bit number')
      else if (event) events.push({ ...event, tick, track })
      continue
    }
    if (status === 0xf0 || status === 0xf7) {
      readBlock()
      continue
    }
    if (status > 0xf0) fail(statusAt, `unknown event 0x${status.toString(16)}`)
    if (status < 0x80) {
      if (runningStatus === 0) fail(statusAt, `a data byte (${status}) before any status`)
      status = runningStatus
      at = statusAt
    }
    runningStatus = status

    const channel = status & 0x0f
    const first = readData()
    const kind = status >> 4
    const second = kind === 0xc || kind === 0xd ? 0 : Math.min(readByte(), 127)
    if (kind === 0x9 && second > 0)
      events.push({ type: 'noteOn', tick, track, channel, pitch: first, velocity: second })
    else if (kind === 0x8 || kind === 0x9)
      events.push({ type: 'noteOff', tick, track, channel, pitch: first })
    else if (kind === 0xc) events.push({ type: 'program', tick, track, channel, program: first })
    else if (kind === 0xb && first === sustainController) {
      events.push({ type: 'pedal', tick, track, channel, isDown: second >= 64 })
    }
  }
  return { track, events, endTick: tick }
}

type WithoutPlace<T> = T extends unknown ? Omit<T, 'tick' | 'track'> : never

/** A meta event that a score keeps. A time or key signature out of range is skipped, as nothing sounds by it. */
function metaEvent(type: number, data: Uint8Array): WithoutPlace<MidiEvent> | 'bad tempo' | undefined {
  const [a = 0, b = 0, c = 0] = data
  if (type === 0x51) {
    const microsecondsPerQuarter = (a << 16) | (b << 8) | c
    if (data.length !== 3 || microsecondsPerQuarter === 0) return 'bad tempo'
    return { type: 'tempo', microsecondsPerQuarter }
  }
  if (type === 0x58 && data.length >= 2 && a > 0 && b < 16) {
    return { type: 'timeSignature', numerator: a, denominator: 2 ** b }
  }
  if (type === 0x59 && data.length >= 2 && b < 2) {
    const fifths = (a << 24) >> 24
    if (Math.abs(fifths) <= 7) return { type: 'keySignature', fifths, mode: b === 0 ? 'major' : 'minor' }
  }
  return undefined
}
