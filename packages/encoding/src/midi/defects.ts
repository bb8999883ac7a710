import { MidiDefectError } from '../errors.js'

/** Stable codes of what {@link parseMidi} repairs; with `strict` they are the codes of the errors. */
export type MidiDefectCode =
  /** The file begins with something else: a RIFF or MacBinary envelope, or stray bytes. */
  | 'MIDI_PREFIX'
  /** The header announces an impossible length. */
  | 'MIDI_HEADER_LENGTH'
  /** The format is none of 0, 1 and 2. */
  | 'MIDI_FORMAT'
  /** The file has fewer tracks than it announces. */
  | 'MIDI_TRACK_COUNT'
  /** Bytes between the tracks that are no chunk. */
  | 'MIDI_CHUNK'
  /** A track is longer or shorter than it announces. */
  | 'MIDI_TRACK_LENGTH'
  /** An event runs past the end of its track. */
  | 'MIDI_TRUNCATED'
  /** A time or a length is too large. */
  | 'MIDI_NUMBER'
  /** Data bytes where an event should begin, and no status before them. */
  | 'MIDI_STATUS'
  /** A status byte that files do not have: 0xf1 to 0xf6, 0xf8 to 0xfe. */
  | 'MIDI_SYSTEM_BYTE'
  /** A data byte above 127. */
  | 'MIDI_DATA_BYTE'
  /** A meta event of another length than the standard gives it. */
  | 'MIDI_META_LENGTH'
  /** A tempo, time signature, key signature or port out of its range. */
  | 'MIDI_META_VALUE'

/** Something in a MIDI file that was repaired or ignored. */
export interface MidiWarning {
  readonly code: MidiDefectCode
  /** The problem, its place, and the repair, as one sentence. */
  readonly message: string
  /** Counted from 1; absent for what is no track's. */
  readonly track?: number
  /** Where the event (without its time) or other item begins, in bytes from the start of the file. */
  readonly offset: number
  /** The first bytes there, at most 8, in hex. */
  readonly bytes: string
  /** Set on the last warning of a code that has too many: how many more there are, the one at `offset` included. */
  readonly omitted?: number
}

/** The place of a defect: `track` counts from 0. */
interface Place {
  readonly offset: number
  readonly track?: number
}

const shownBytes = 8
/** Most warnings of one code, besides the one that counts the rest. */
const mostOfOneCode = 1000

/** Reports what is wrong with a file: to `onWarning`, or as an error if `strict`. */
export class Defects {
  readonly #counts = new Map<MidiDefectCode, number>()
  readonly #firstOmitted = new Map<MidiDefectCode, Place>()

  constructor(
    private readonly bytes: Uint8Array,
    private readonly strict: boolean,
    private readonly onWarning: ((warning: MidiWarning) => void) | undefined
  ) {}

  /** @param describe The problem and the repair, in words. */
  report(
    code: MidiDefectCode,
    place: Place,
    describe: () => readonly [problem: string, repair: string]
  ): void {
    if (this.strict) {
      const [problem] = describe()
      const { offset, track } = place
      throw new MidiDefectError(
        code,
        locate(place, problem),
        offset,
        this.#hex(offset),
        track === undefined ? undefined : track + 1
      )
    }
    if (!this.onWarning) return
    const count = (this.#counts.get(code) ?? 0) + 1
    this.#counts.set(code, count)
    if (count > mostOfOneCode) {
      if (count === mostOfOneCode + 1) this.#firstOmitted.set(code, place)
      return
    }
    const [problem, repair] = describe()
    this.#warn(code, place, `${locate(place, problem)}; ${repair}`)
  }

  /** Says how many warnings were left out. */
  finish(): void {
    for (const [code, place] of this.#firstOmitted) {
      const omitted = this.#counts.get(code)! - mostOfOneCode
      this.#warn(code, place, `${locate(place, `${omitted} more of ${code}, the first`)}`, omitted)
    }
  }

  #warn(code: MidiDefectCode, { offset, track }: Place, message: string, omitted?: number): void {
    this.onWarning?.({
      code,
      message,
      ...(track === undefined ? {} : { track: track + 1 }),
      offset,
      bytes: this.#hex(offset),
      ...(omitted === undefined ? {} : { omitted })
    })
  }

  #hex(offset: number): string {
    const bytes = this.bytes.subarray(offset, offset + shownBytes)
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  }
}

function locate({ offset, track }: Place, problem: string): string {
  return `${track === undefined ? '' : `track ${track + 1}: `}${problem} at byte ${offset}`
}
