import type { Defects } from './defects.js'
import { largestDelta, metaLengths, systemDataBytes } from './standard.js'

/** The kind of an event that {@link TrackReader} has read; no score keeps `other`. */
export type EventKind =
  | 'noteOn'
  | 'noteOff'
  | 'program'
  | 'controller'
  | 'tempo'
  | 'timeSignature'
  | 'keySignature'
  | 'other'

/** The bytes of a track's events in a file. */
export interface TrackSpan {
  /** Counted from 0. */
  readonly track: number
  readonly start: number
  /** The byte after the last. */
  readonly end: number
}

/**
 * Reads the events of a track one after another, without keeping any. The fields describe the event that
 * {@link TrackReader.next} has read.
 *
 * A status holds for the events after it until another channel event, whatever stands in between.
 */
export class TrackReader {
  kind: EventKind = 'other'
  /** In ticks of the score, from the start of the track. */
  tick = 0
  /** The port that the track's events go to, 0–127. */
  port = 0
  /** 0–15. */
  channel = 0
  /** Pitch, program, controller, microseconds per quarter, numerator, or number of sharps (negative: of flats). */
  first = 0
  /** Velocity, value of a controller, power of two of a denominator, or 1 for minor. */
  second = 0
  /** Where the next event begins. */
  offset: number
  /** Whether the end-of-track event has been read. */
  isEnded = false
  readonly track: number
  private readonly end: number
  private status = 0

  constructor(
    private readonly bytes: Uint8Array,
    span: TrackSpan,
    private readonly tickScale: number,
    private readonly defects?: Defects
  ) {
    this.track = span.track
    this.offset = span.start
    this.end = span.end
  }

  /** Reads an event. False at the end of the track. */
  next(): boolean {
    this.kind = 'other'
    if (this.isEnded || this.offset >= this.end) return false
    const delta = this.#number('time')
    if (delta < 0) return false
    const tick = this.tick + delta * this.tickScale
    if (tick > Number.MAX_SAFE_INTEGER)
      return this.#stop('MIDI_NUMBER', this.offset, 'expected a smaller time')
    this.tick = tick
    this.#skipStrayData()
    const { offset } = this
    if (offset >= this.end) return this.#truncated(offset)
    const byte = this.bytes[offset]!
    if (byte < 0xf0) {
      if (byte >= 0x80) {
        this.status = byte
        this.offset++
      }
      return this.#channelEvent(offset)
    }
    this.offset++
    if (byte === 0xff) return this.#metaEvent(offset)
    if (byte === 0xf0 || byte === 0xf7) {
      const length = this.#number('length')
      return length >= 0 && this.#skip(length, offset)
    }
    this.#report('MIDI_SYSTEM_BYTE', offset, () => [`expected no status 0x${byte.toString(16)}`, 'skipped'])
    return this.#skip(systemDataBytes[byte - 0xf1] ?? 0, offset)
  }

  #channelEvent(offset: number): boolean {
    const { status, bytes } = this
    const type = status >> 4
    const first = bytes[this.offset]!
    const second = type === 0xc || type === 0xd ? 0 : bytes[this.offset + 1]!
    if (!this.#skip(type === 0xc || type === 0xd ? 1 : 2, offset)) return false
    this.channel = status & 0x0f
    this.first = first
    this.second = Math.min(second, 127)
    const isIgnored = first > 127
    if (isIgnored || second > 127) {
      this.#report('MIDI_DATA_BYTE', offset, () => [
        `expected data bytes from 0 to 127, got ${isIgnored ? first : second}`,
        isIgnored ? 'the event is ignored' : 'read as 127'
      ])
      if (isIgnored) return true
    }
    if (type === 0x9) this.kind = second === 0 ? 'noteOff' : 'noteOn'
    else if (type === 0x8) this.kind = 'noteOff'
    else if (type === 0xb) this.kind = 'controller'
    else if (type === 0xc) this.kind = 'program'
    return true
  }

  #metaEvent(offset: number): boolean {
    const { bytes } = this
    if (this.offset >= this.end) return this.#truncated(offset)
    const type = bytes[this.offset++]!
    if (type === 0x2f) this.isEnded = true
    const length = this.#number('length')
    if (length < 0) return false
    const at = this.offset
    if (!this.#skip(length, offset)) return false
    const usual = metaLengths.get(type)
    if (usual && length !== usual.length) {
      const isRead = length > usual.length
      this.#report('MIDI_META_LENGTH', offset, () => [
        `expected a ${usual.name} of ${usual.length} bytes, got ${length}`,
        isRead ? `the first ${usual.length} are read` : 'the event is ignored'
      ])
      if (!isRead) return true
    }
    this.#metaValue(type, at, offset)
    return true
  }

  #metaValue(type: number, at: number, offset: number): void {
    const { bytes } = this
    const expect = (isGood: boolean, what: string): boolean => {
      if (!isGood) this.#report('MIDI_META_VALUE', offset, () => [`expected ${what}`, 'the event is ignored'])
      return isGood
    }
    const first = bytes[at]!
    const second = bytes[at + 1]!
    if (type === 0x21 && expect(first < 128, `a port from 0 to 127, got ${first}`)) this.port = first
    else if (type === 0x51) {
      this.first = first * 0x10000 + second * 0x100 + bytes[at + 2]!
      if (expect(this.first > 0, 'a tempo of at least 1 microsecond per quarter, got 0')) this.kind = 'tempo'
    } else if (type === 0x58) {
      this.first = first
      this.second = second
      const isGood = first > 0 && second <= 15
      if (expect(isGood, `a time signature, got ${first}/2^${second}`)) this.kind = 'timeSignature'
    } else if (type === 0x59) {
      this.first = (first << 24) >> 24
      this.second = second
      const isGood = Math.abs(this.first) <= 7 && second <= 1
      if (expect(isGood, `a key signature, got ${this.first} sharps, mode ${second}`))
        this.kind = 'keySignature'
    }
  }

  /** Reads a number of variable length; −1 if it is cut or too large. */
  #number(what: string): number {
    const { bytes, end, offset } = this
    let value = 0
    for (let at = offset; at < end; at++) {
      const byte = bytes[at]!
      value = value * 0x80 + (byte & 0x7f)
      if (value > largestDelta) break
      if (byte < 0x80) {
        this.offset = at + 1
        return value
      }
    }
    if (value > largestDelta) {
      this.#stop('MIDI_NUMBER', offset, `expected a ${what} from 0 to ${largestDelta}, got more`)
    } else this.#truncated(offset)
    return -1
  }

  /** Moves past data; false if the track ends before it does. */
  #skip(length: number, event: number): boolean {
    if (this.offset + length > this.end) return this.#truncated(event)
    this.offset += length
    return true
  }

  /** Moves past bytes below 0x80 where no status tells what they are. */
  #skipStrayData(): void {
    const { bytes, end, offset } = this
    if (this.status !== 0) return
    while (this.offset < end && bytes[this.offset]! < 0x80) this.offset++
    if (this.offset === offset) return
    const count = this.offset - offset
    this.#report('MIDI_STATUS', offset, () => [`expected a status byte, got ${count} data bytes`, 'skipped'])
  }

  #truncated(event: number): false {
    return this.#stop(
      'MIDI_TRUNCATED',
      event,
      `expected an event that ends by byte ${this.end}, got a longer one`
    )
  }

  /** Ends the track where nothing after can be read. */
  #stop(code: 'MIDI_TRUNCATED' | 'MIDI_NUMBER', offset: number, problem: string): false {
    this.#report(code, offset, () => [problem, 'the rest of the track is left out'])
    this.kind = 'other'
    this.offset = this.end
    return false
  }

  #report(
    code: Parameters<Defects['report']>[0],
    offset: number,
    describe: () => readonly [string, string]
  ): void {
    this.defects?.report(code, { offset, track: this.track }, describe)
  }
}
