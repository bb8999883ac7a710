import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.VGM_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')

/** What a test says that is skipped because VGMIDI 0.1 is not here; `undefined` where it is. */
export const missingData = existsSync(join(root, 'vgmidi-0.1'))
  ? undefined
  : `needs vgmidi-0.1 in ${root}; set VGM_DATA to the folder of the data sets`

/** The MIDI files of a folder, as paths relative to the data's root, in order. */
export function midiFiles(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.mid'))
    .sort()
    .map(name => `${folder}/${name}`)
}

export function readData(path: string): Uint8Array {
  return readFileSync(join(root, path))
}
