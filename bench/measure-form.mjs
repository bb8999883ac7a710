/** What the benchmarks of form share: reading folders of music, and intervals. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countHeard, parseMidi } from '@vgm/encoding'

export const data = process.env.VGM_DATA ?? join(import.meta.dirname, '../../shared/data')

/** The MIDI files of a folder, subfolders included, that have a pitched note, by name. */
export function readMusic(folder) {
  return readdirSync(folder, { recursive: true })
    .filter(name => /\.midi?$/i.test(name))
    .sort()
    .map(name => parseMidi(new Uint8Array(readFileSync(join(folder, name)))))
    .filter(score => countHeard(score) > 0)
}
