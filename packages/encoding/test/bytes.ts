import { VgmError } from '@vgm/base'
import { type ParseOptions, parseMidi } from '../src/index.js'

/** Bytes of MIDI files put together by hand, so that tests of the reader do not lean on the writer. */

const number = (value: number, size: number) =>
  Array.from({ length: size }, (_, index) => (value >>> (8 * (size - 1 - index))) & 0xff)

export function chunk(type: string, data: readonly number[]): number[] {
  return [...Array.from(type, character => character.charCodeAt(0)), ...number(data.length, 4), ...data]
}

export function header(format: number, tracks: number, division: number): number[] {
  return chunk('MThd', [...number(format, 2), ...number(tracks, 2), ...number(division, 2)])
}

/** A track: events with their delta times, then the end of the track `restTicks` (< 128) later. */
export function track(events: readonly (readonly number[])[], restTicks = 0): number[] {
  return chunk('MTrk', [...events.flat(), restTicks, 0xff, 0x2f, 0])
}

/** A file of 96 ticks per quarter, by default of format 1. */
export function file(tracks: readonly number[][], format = 1, division = 96): Uint8Array {
  return Uint8Array.from([...header(format, tracks.length, division), ...tracks.flat()])
}

/** Events; `delta` < 128 ticks. */
export const on = (delta: number, pitch: number, velocity = 64, channel = 0) => [
  delta,
  0x90 | channel,
  pitch,
  velocity
]
export const off = (delta: number, pitch: number, channel = 0) => [delta, 0x80 | channel, pitch, 0]
export const tempo = (delta: number, microseconds: number) => [
  delta,
  0xff,
  0x51,
  3,
  ...number(microseconds, 3)
]
export const pedal = (delta: number, value: number, channel = 0) => [delta, 0xb0 | channel, 64, value]
export const program = (delta: number, value: number, channel = 0) => [delta, 0xc0 | channel, value]

/** The error that reading the bytes throws. */
export function errorOf(bytes: readonly number[] | Uint8Array, options?: ParseOptions): VgmError {
  try {
    parseMidi(Uint8Array.from(bytes), options)
  } catch (error) {
    if (error instanceof VgmError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
