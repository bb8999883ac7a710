import { Option } from 'commander'
import { integer } from './options.js'
import type { MidiReading } from './read-midi.js'

/** Options of every command that reads MIDI files. */
export interface MidiFlags {
  readonly strict?: boolean
  readonly maxBytes?: number
}

/** `--strict`: damaged files are refused. */
export function strictOption(): Option {
  return new Option('--strict', 'refuse damaged MIDI files; without it they are repaired as players do')
}

/** `--max-bytes`: how large a file may be. */
export function maxBytesOption(): Option {
  return new Option(
    '--max-bytes <n>',
    'largest MIDI file, in bytes (default: 33554432, which is 32 MiB)'
  ).argParser(integer(1))
}

/** How MIDI files are read as the options say. */
export function midiReading({ strict, maxBytes }: MidiFlags): Omit<MidiReading, 'log'> {
  return { ...(strict !== undefined && { strict }), ...(maxBytes !== undefined && { maxBytes }) }
}
