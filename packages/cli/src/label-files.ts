import { type Note, pitchedNotes } from '@vgm/encoding'
import {
  countVelocityClasses,
  estimateKey,
  type KeyCandidate,
  type ProfileName,
  type VelocityClass,
  velocityLabels
} from '@vgm/key-velocity'
import { naming, readInput } from './files.js'
import { findMidiFiles, readEach } from './midi-sources.js'
import { type MidiReading, readMidi } from './read-midi.js'

/** A note and the class of its velocity. */
export interface LabelledNote extends Note {
  readonly velocityClass: VelocityClass
}

/** What the notes of a file say about themselves. */
export interface FileLabels {
  readonly file: string
  readonly key: KeyCandidate
  /** Notes per class. */
  readonly velocities: Readonly<Record<VelocityClass, number>>
  readonly notes: readonly LabelledNote[]
}

/** What {@link labelFiles} made of files. */
export interface FilesLabelled {
  readonly labels: readonly FileLabels[]
  /** Files that were named and folders of which nothing could be labelled. */
  readonly missed: readonly string[]
}

/** How to read files. */
export interface LabelOptions extends Omit<MidiReading, 'log' | 'includePercussion'> {
  readonly profile: ProfileName
  /** Called after each file. */
  readonly onFile: (done: number, total: number) => void
  /** Called with a line for each file that is left out or repaired, and for files that are no MIDI files. */
  readonly log: (line: string) => void
}

/**
 * Labels MIDI files, and those of folders.
 *
 * @throws {CommandError} if none can be labelled, saying why.
 */
export async function labelFiles(paths: readonly string[], options: LabelOptions): Promise<FilesLabelled> {
  const { profile, onFile, ...reading } = options
  const { log } = reading
  const sources = await findMidiFiles(paths)
  const read = (file: string) => labelFile(file, profile, reading)
  const labels: FileLabels[] = []
  const missed: string[] = []
  const onMiss = (path: string) => missed.push(path)
  for await (const each of readEach(sources, { read, verb: 'labelled', onFile, log, onMiss })) {
    labels.push(each)
  }
  return { labels, missed }
}

async function labelFile(file: string, profile: ProfileName, reading: MidiReading): Promise<FileLabels> {
  const bytes = await readInput(file)
  return naming(file, () => {
    // With percussion, so that a file of nothing else is told from an empty one.
    const score = readMidi(file, bytes, { ...reading, includePercussion: true })
    const { alternatives: _, ...key } = estimateKey(score, { profile })
    const pitched = pitchedNotes(score)
    const classes = velocityLabels(pitched)
    const notes = pitched.map((note, index) => ({ ...note, velocityClass: classes[index]! }))
    return { file, key, velocities: countVelocityClasses(pitched), notes }
  })
}
