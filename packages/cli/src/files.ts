import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import writeFileAtomic from 'write-file-atomic'
import { CommandError } from './errors.js'

/** The name that stands for standard input or output. */
export const standardStream = '-'

/** The bytes of a file, or of standard input for `-`. */
export async function readInput(path: string): Promise<Uint8Array> {
  return new Uint8Array(path === standardStream ? await buffer(process.stdin) : await readFile(path))
}

/** Writes a file as a whole or not at all; `-` is standard output. */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  const data = typeof content === 'string' ? content : Buffer.from(content)
  if (path !== standardStream) return writeFileAtomic(path, data)
  await new Promise<void>((resolve, reject) =>
    process.stdout.write(data, error => (error ? reject(error) : resolve()))
  )
}

/** The MIDI files in a folder and its subfolders, sorted by path. */
export async function midiFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter(entry => entry.isFile() && /\.midi?$/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
  if (files.length === 0) throw new CommandError(`${folder}: holds no MIDI files (.mid, .midi)`)
  return files
}

/** Whether a path exists, and as what. */
export async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined) return 'none'
  return stats.isDirectory() ? 'folder' : 'file'
}

/** Runs `work` and puts the file's name before the message of what goes wrong. */
export async function naming<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Error) || 'path' in error) throw error
    throw new CommandError(`${path === standardStream ? 'standard input' : path}: ${error.message}`, {
      cause: error
    })
  }
}

/** A folder's name without what leads to it. */
export function nameOf(path: string): string {
  return basename(join(path))
}
