import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { ModelFormatError } from './errors.js'
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

/**
 * Writes files into a folder, made if need be. Each is written beside its place and then moved there, and all in one go, so
 * that whoever is stopped in between finds the old files or the new ones.
 */
export async function writeFiles(
  path: string,
  files: Readonly<Record<string, Uint8Array | string>>
): Promise<void> {
  await mkdir(path, { recursive: true })
  for (const [name, content] of Object.entries(files)) {
    writeFileAtomic.sync(join(path, name), typeof content === 'string' ? content : Buffer.from(content))
  }
}
