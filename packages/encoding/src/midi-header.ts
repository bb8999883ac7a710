import { MidiHeaderError, TruncatedMidiError } from './errors.js'

/** How a file counts time. */
interface Timing {
  readonly ticksPerQuarter: number
  /** Every tick in the file is worth this many ticks of the score. */
  readonly tickScale: number
  /** The tempo that keeps SMPTE time, in microseconds per quarter; absent where tempo events rule. */
  readonly fixedTempo?: number
}

export interface MidiHeader {
  readonly format: 0 | 1 | 2
  readonly trackCount: number
  readonly timing: Timing
  /** Where the next chunk begins, in bytes. */
  readonly end: number
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function chunkType(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4))
}

export function chunkLength(bytes: Uint8Array, offset: number): number {
  return view(bytes).getUint32(offset + 4)
}

/** Reads `MThd`. A longer header than 6 bytes is allowed; what it adds is skipped. */
export function readHeader(bytes: Uint8Array): MidiHeader {
  const type = chunkType(bytes, 0)
  if (type !== 'MThd') {
    throw new MidiHeaderError(`header expected "MThd", got ${JSON.stringify(type)}`, 0)
  }
  if (bytes.length < 14) throw new TruncatedMidiError('header', bytes.length, 14)
  const length = chunkLength(bytes, 0)
  if (length < 6) throw new MidiHeaderError(`header length expected at least 6, got ${length}`, 4)
  const end = 8 + length
  if (end > bytes.length) throw new TruncatedMidiError('header', bytes.length, end)

  const fields = view(bytes)
  const format = fields.getUint16(8)
  if (format !== 0 && format !== 1 && format !== 2) {
    throw new MidiHeaderError(`format expected 0, 1 or 2, got ${format}`, 8)
  }
  return { format, trackCount: fields.getUint16(10), timing: readTiming(fields.getUint16(12)), end }
}

/**
 * A metrical division is the ticks of a quarter. An SMPTE division counts ticks per second; a quarter then gets the
 * ticks of half a second (120 bpm), all ticks doubled where that is no integer. 29.97 frames per second are counted as
 * 30 at a tempo slower by 1001/1000, which is exact too.
 */
function readTiming(division: number): Timing {
  if ((division & 0x8000) === 0) {
    if (division === 0) throw new MidiHeaderError('division expected at least 1 tick per quarter, got 0', 12)
    return { ticksPerQuarter: division, tickScale: 1 }
  }
  const framesPerSecond = 256 - (division >> 8)
  const ticksPerFrame = division & 0xff
  if (![24, 25, 29, 30].includes(framesPerSecond)) {
    throw new MidiHeaderError(`division expected 24, 25, 29 or 30 frames, got ${framesPerSecond}`, 12)
  }
  if (ticksPerFrame === 0) throw new MidiHeaderError('division expected at least 1 tick per frame, got 0', 13)
  const ticksPerSecond = (framesPerSecond === 29 ? 30 : framesPerSecond) * ticksPerFrame
  const tickScale = ticksPerSecond % 2 === 0 ? 1 : 2
  const fixedTempo = framesPerSecond === 29 ? 500_500 : 500_000
  return { ticksPerQuarter: (ticksPerSecond * tickScale) / 2, tickScale, fixedTempo }
}
