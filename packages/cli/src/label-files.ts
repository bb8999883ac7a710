import { type Note, parseMidi } from '@vgm/encoding'
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
import { pitchedNotes } from './phrases.js'

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

/** How to read files. */
export interface LabelOptions {
  readonly profile: ProfileName
  /** Called after each file. */
  readonly onFile: (done: number, total: number) => void
  /** Called with a line for each file of a folder that cannot be labelled; it is left out. */
  readonly onSkip: (line: string) => void
}

/**
 * Labels MIDI files, and those of folders.
 *
 * @throws {CommandError} naming a file and what is wrong with it, or a folder of which no file can be labelled.
 */
export async function labelFiles(paths: readonly string[], options: LabelOptions): Promise<FileLabels[]> {
  const { profile, onFile, onSkip } = options
  const sources = await findMidiFiles(paths)
  const read = (file: string) => labelFile(file, profile)
  const labelled: FileLabels[] = []
  for await (const labels of readEach(sources, { read, verb: 'labelled', onFile, onSkip })) {
    labelled.push(labels)
  }
  return labelled
}

async function labelFile(file: string, profile: ProfileName): Promise<FileLabels> {
  const bytes = await readInput(file)
  return naming(file, () => {
    // With percussion, so that a file of nothing else is told from an empty one.
    const score = parseMidi(bytes, { includePercussion: true })
    const { alternatives: _, ...key } = estimateKey(score, { profile })
    const pitched = pitchedNotes(score)
    const classes = velocityLabels(pitched)
    const notes = pitched.map((note, index) => ({ ...note, velocityClass: classes[index]! }))
    return { file, key, velocities: countVelocityClasses(pitched), notes }
  })
}
