import type { EncodeOptions } from '@vgm/encoding'
import { type Command, Option } from 'commander'
import { integer } from './options.js'
import type { MidiReading } from './read-midi.js'

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

/** Adds `--strict` and `--max-bytes`. */
export function addMidiOptions(command: Command): Command {
  return command
    .option('--strict', 'refuse damaged MIDI files; without it they are repaired, as players do')
    .option('--max-bytes <n>', 'largest MIDI file, in bytes (default: 33554432, which is 32 MiB)', integer(1))
}

/** Adds the options of {@link addMidiOptions}, `--durations` and `--tempo`. */
export function addWordOptions(command: Command): Command {
  const durations = new Option(
    '--durations <how>',
    'how long notes are: as they sound, or as they were written, where players let go a little early (default: sounding)'
  ).choices(['sounding', 'written'])
  const tempo = new Option(
    '--tempo <how>',
    'tempos outside 24 to 160 bpm: the nearest within, or a longer or shorter beat, which keeps the time (default: clamp)'
  ).choices(['clamp', 'fit'])
  return addMidiOptions(command.addOption(durations).addOption(tempo))
}

/** How MIDI files are read, as the options say. */
export function midiReading({ strict, maxBytes, durations, tempo }: WordFlags): Omit<MidiReading, 'log'> {
  return {
    ...(strict !== undefined && { strict }),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(durations !== undefined && { durations }),
    ...(tempo !== undefined && { tempo })
  }
}
