import { ForeignFileError, MidiHeaderError } from '../errors.js'
import { chunkLength, chunkType, uint16 } from './chunks.js'
import type { Defects } from './defects.js'
import { foreignKind, isMpegAudio } from './foreign-file.js'

/** The unit of time of a file. */
interface Timing {
  readonly ticksPerQuarter: number
  /** Every tick in the file is worth this many ticks of the score. */
  readonly tickScale: number
  /** The tempo that keeps SMPTE time, in microseconds per quarter; absent where tempo events rule. */
  readonly fixedTempo?: number
}

export interface MidiHeader {
  /** Where the header begins, in bytes from the start of the file. */
  readonly start: number
  readonly format: 0 | 1 | 2
  readonly trackCount: number
  readonly timing: Timing
  /** Where the next chunk begins, in bytes. */
  readonly end: number
}

/** The bytes at the start of a file in which its header may begin. A MacBinary envelope takes 128 bytes, a RIFF one usually 20. */
const longestPrefix = 4096
const usualLength = 6

/** Finds and reads `MThd`. A longer header than 6 bytes is allowed; what it adds is skipped. */
export function readHeader(bytes: Uint8Array, defects: Defects): MidiHeader {
  const start = findHeader(bytes, defects)
  const fields = start + 8
  if (bytes.length < fields + usualLength) {
    throw new MidiHeaderError(`cut off: the header expected 14 bytes, got ${bytes.length - start}`, start)
  }
  const format = uint16(bytes, fields)
  if (format > 2) {
    defects.report('MIDI_FORMAT', { offset: fields }, () => [
      `expected format 0, 1 or 2, got ${format}`,
      'read as format 1'
    ])
  }
  return {
    start,
    format: format === 0 || format === 2 ? format : 1,
    trackCount: uint16(bytes, fields + 2),
    timing: readTiming(uint16(bytes, fields + 4), fields + 4),
    end: fields + headerLength(bytes, start, defects)
  }
}

function findHeader(bytes: Uint8Array, defects: Defects): number {
  if (chunkType(bytes, 0) === 'MThd') return 0
  const kind = foreignKind(bytes)
  if (kind) throw new ForeignFileError(kind)
  for (let at = 1; at <= longestPrefix && at + 4 <= bytes.length; at++) {
    if (chunkType(bytes, at) !== 'MThd') continue
    defects.report('MIDI_PREFIX', { offset: 0 }, () => [
      `expected "MThd", got ${JSON.stringify(chunkType(bytes, 0))}`,
      `the header begins at byte ${at}`
    ])
    return at
  }
  if (isMpegAudio(bytes)) throw new ForeignFileError('mp3')
  const problem = bytes.length === 0 ? 'the file is empty' : 'not a MIDI file'
  throw new MidiHeaderError(`${problem}: expected "MThd", got ${JSON.stringify(chunkType(bytes, 0))}`, 0)
}

function headerLength(bytes: Uint8Array, start: number, defects: Defects): number {
  const length = chunkLength(bytes, start)
  if (length >= usualLength && start + 8 + length <= bytes.length) return length
  defects.report('MIDI_HEADER_LENGTH', { offset: start + 4 }, () => [
    `expected a header length from ${usualLength} to ${bytes.length - start - 8}, got ${length}`,
    `read as ${usualLength}`
  ])
  return usualLength
}

/**
 * A metrical division is the ticks of a quarter. An SMPTE division counts ticks per second; a quarter then gets the
 * ticks of half a second (120 bpm), all ticks doubled where that is no integer. 29.97 frames per second are counted as
 * 30 at a tempo slower by 1001/1000, which is exact too.
 */
function readTiming(division: number, offset: number): Timing {
  const expect = (what: string, got: number): never => {
    throw new MidiHeaderError(`division expected ${what}, got ${got}`, offset)
  }
  if ((division & 0x8000) === 0) {
    if (division === 0) expect('at least 1 tick per quarter', 0)
    return { ticksPerQuarter: division, tickScale: 1 }
  }
  const framesPerSecond = 256 - (division >> 8)
  const ticksPerFrame = division & 0xff
  if (![24, 25, 29, 30].includes(framesPerSecond)) expect('24, 25, 29 or 30 frames', framesPerSecond)
  if (ticksPerFrame === 0) expect('at least 1 tick per frame', 0)
  const ticksPerSecond = (framesPerSecond === 29 ? 30 : framesPerSecond) * ticksPerFrame
  const tickScale = ticksPerSecond % 2 === 0 ? 1 : 2
  const fixedTempo = framesPerSecond === 29 ? 500_500 : 500_000
  return { ticksPerQuarter: (ticksPerSecond * tickScale) / 2, tickScale, fixedTempo }
}
