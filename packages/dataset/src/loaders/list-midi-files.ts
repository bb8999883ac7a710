import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** The MIDI files of a folder. */
export interface MidiFiles {
  /** Their paths, sorted. */
  readonly files: readonly string[]
  /** How many files have another ending; hidden ones do not count. */
  readonly passedOver: number
}

/** The endings that MIDI files have, karaoke (`.kar`) and RIFF files (`.rmi`) among them. */
const midiName = /\.(midi?|kar|rmi|smf)$/i

/**
 * The files of a folder and its subfolders whose names end in `.mid`, `.midi`, `.kar`, `.rmi` or `.smf`, in capitals or not.
 *
 * @throws {NodeJS.ErrnoException} if the folder cannot be read.
 */
export async function listMidiFiles(folder: string): Promise<MidiFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const visible = entries.filter(entry => entry.isFile() && !entry.name.startsWith('.'))
  const files = visible.filter(({ name }) => midiName.test(name))
  return {
    files: files.map(({ parentPath, name }) => join(parentPath, name)).sort(),
    passedOver: visible.length - files.length
  }
}
