import type { EncodeOptions } from '@vgm/encoding'
import { Option } from 'commander'
import type { MidiReading } from '../inputs/read-midi.js'
import { given, integer } from './options.js'

/** Options of every command that reads MIDI files. */
export interface MidiFlags {
  readonly strict?: boolean
  readonly maxBytes?: number
}

/** Options of commands that turn MIDI files into words. */
export interface WordFlags extends MidiFlags {
  readonly durations?: NonNullable<EncodeOptions['durations']>
  readonly tempo?: NonNullable<EncodeOptions['tempo']>
}

/** `--strict`: damaged files are refused. */
export function strictOption(): Option {
  return new Option('--strict', 'refuse damaged MIDI files; without it they are repaired, as players do')
}

/** `--max-bytes`: how large a file may be. */
export function maxBytesOption(): Option {
  const description = 'largest MIDI file, in bytes (default: 33554432, which is 32 MiB)'
  return new Option('--max-bytes <n>', description).argParser(integer(1))
}

/** `--durations`: whether notes are as long as they sound. */
export function durationsOption(): Option {
  const description =
    'how long notes are: as they sound, or as they were written, where players let go a little early (default: sounding)'
  return new Option('--durations <how>', description).choices(['sounding', 'written'])
}

/** `--tempo`: what becomes of tempos that no word says. */
export function tempoOption(): Option {
  const description =
    'tempos outside 24 to 160 bpm: the nearest within, or a longer or shorter beat, which keeps the time (default: clamp)'
  return new Option('--tempo <how>', description).choices(['clamp', 'fit'])
}

/** How MIDI files are read, as the options say. */
export function midiReading({ strict, maxBytes, durations, tempo }: WordFlags): Omit<MidiReading, 'log'> {
  return given({ strict, maxBytes, durations, tempo })
}
