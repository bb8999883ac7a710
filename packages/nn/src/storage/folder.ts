import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { ModelFormatError } from '../errors.js'
import type { ModelSource } from './model.js'

/** A model folder on disk. */
export function folder(path: string): ModelSource {
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(join(path, name)))
      } catch (cause) {
        const code = (cause as NodeJS.ErrnoException).code
        const reason = code === 'ENOENT' ? 'not found' : `cannot be read (${code})`
        throw new ModelFormatError(join(path, name), reason, { cause })
      }
    }
  }
}

/** Makes a folder and what leads to it. Not `recursive`, which never ends where a file system takes no folder (`/proc`). */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path || existsSync(parent)) throw error
    await makeFolder(parent)
    await mkdir(path)
  }
}

/**
 * Writes files into a folder, made if need be. Each is written beside its place and then moved there, and all in one go, so
 * that whoever is stopped in between finds the old files or the new ones.
 */
export async function writeFiles(
  path: string,
  files: Readonly<Record<string, Uint8Array | string>>
): Promise<void> {
  await makeFolder(resolve(path))
  for (const [name, content] of Object.entries(files)) {
    writeFileAtomic.sync(join(path, name), typeof content === 'string' ? content : Buffer.from(content))
  }
}
