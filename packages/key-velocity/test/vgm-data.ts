import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.VGM_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')
const labelled = join(root, 'vgmidi-0.1/labelled')

/** What a test says that is skipped because VGMIDI 0.1 is not here; `undefined` where it is. */
export const missingData = existsSync(labelled)
  ? undefined
  : `needs vgmidi-0.1 in ${root}; set VGM_DATA to the folder of the data sets`

/** A labelled phrase's MIDI file, named as in the data set's own table. */
export function readPhrase(path: string): Uint8Array {
  return readFileSync(join(labelled, `${path}.mid`))
}
