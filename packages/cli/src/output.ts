import { mkdtemp, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError, problemOf, UsageError } from './errors.js'
import { kindOf, standardStream } from './files.js'

/**
 * The MIDI files that a command will write, found to be writable before the work begins.
 *
 * @param out `--out`: a file, a folder or `-`; by default `name` in the working directory.
 * @param name What the file is called where `out` does not say, without `.mid`.
 * @throws {UsageError} if several pieces are to go into one file.
 * @throws {CommandError} if the folder is missing or not writable.
 */
export async function planOutputs(out: string | undefined, count: number, name: string): Promise<string[]> {
  if (count > 1) {
    const folder = out ?? name
    if (folder === standardStream || /\.midi?$/i.test(folder) || (await kindOf(folder)) === 'file') {
      throw new UsageError(`--out ${folder}: ${count} pieces go into a folder, not into one file`)
    }
    await requireWritable(folder)
    return Array.from({ length: count }, (_, index) => join(folder, `piece-${index + 1}.mid`))
  }
  if (out === standardStream) return [out]
  const isFolder = out !== undefined && (/[/\\]$/.test(out) || (await kindOf(out)) === 'folder')
  const file = isFolder ? join(out, `${name}.mid`) : (out ?? `${name}.mid`)
  await requireFolder(dirname(file))
  return [file]
}

/**
 * Throws unless a file can be written into an existing folder.
 *
 * @throws {CommandError} naming the folder and what is wrong with it.
 */
export async function requireFolder(folder: string): Promise<void> {
  if ((await kindOf(folder)) === 'none') throw new CommandError(`${folder}: no such folder to write to`)
  await requireWritable(folder)
}

/**
 * Throws unless a folder can be written into, or made.
 *
 * @throws {CommandError} naming the folder and what is wrong with it.
 */
export async function requireWritable(folder: string): Promise<void> {
  const kind = await kindOf(folder)
  if (kind === 'none' && dirname(folder) !== folder) return requireWritable(dirname(folder))
  if (kind === 'file') throw new CommandError(`${folder}: is not a folder to write to`)
  try {
    // Asking for permission is not enough: some file systems grant it and refuse all the same.
    await rmdir(await mkdtemp(join(folder, '.vgm-')))
  } catch (cause) {
    throw new CommandError(`${folder}: cannot be written to: ${problemOf(cause)}`, { cause })
  }
}
