import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = process.env.VGM_DATA ?? resolve(import.meta.dirname, '../../../../shared/data')

/** The folder of a data set. */
export function dataFolder(name: string): string {
  return join(root, name)
}

/** What a test says that is skipped because a data set is not here; `undefined` where it is. */
export function missingData(name: string): string | undefined {
  if (existsSync(dataFolder(name))) return undefined
  return `needs ${name} in ${root}; set VGM_DATA to the folder of the data sets`
}
