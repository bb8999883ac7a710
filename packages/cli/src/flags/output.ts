import { mkdtemp, rmdir } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { CommandError, problemOf, UsageError } from '../terminal/errors.js'
import { kindOf, standardStream } from '../terminal/files.js'

const isMidiFile = /\.midi?$/i

/**
 * The MIDI files that a command will write, one for each piece, found to be writable before the work begins.
 *
 * @param out `--out`: a file, a folder or `-`; by default `name` in the working directory.
 * @param name What the file is called where `out` does not say, without `.mid`.
 * @param only The number of the one piece that is written of several, from 1: its file is the one that it has among them
 *   all, or `out` where this is a file.
 * @throws {UsageError} if several pieces are to go into one file, or the file's name is that of another kind of file.
 * @throws {CommandError} if the folder is missing or not writable.
 */
export async function planOutputs(
  out: string | undefined,
  count: number,
  name: string,
  only?: number
): Promise<string[]> {
  const isFile = out !== undefined && (out === standardStream || isMidiFile.test(out))
  if (count > 1 && !(only !== undefined && isFile)) {
    const folder = out ?? name
    if (isFile || (await kindOf(folder)) === 'file') {
      throw new UsageError(`--out ${folder}: ${count} pieces go into a folder, not into one file`)
    }
    if ((await kindOf(folder)) === 'none') requireExtension(folder, midi)
    await requireWritable(folder)
    const files = Array.from({ length: count }, (_, index) => join(folder, `piece-${index + 1}.mid`))
    return only === undefined ? files : files.slice(only - 1, only)
  }
  if (out === standardStream) return [out]
  const isFolder = out !== undefined && (/[/\\]$/.test(out) || (await kindOf(out)) === 'folder')
  if (out !== undefined && !isFolder) requireExtension(out, midi)
  const file = isFolder ? join(out, `${name}.mid`) : (out ?? `${name}.mid`)
  await requireFolder(dirname(file))
  return [file]
}

/**
 * A file that a model folder keeps by default.
 *
 * @throws {CommandError} if neither a file nor a model folder is named.
 */
export async function planModelFile(
  out: string | undefined,
  model: string,
  what: string,
  path: string
): Promise<string> {
  if (out === undefined && (await kindOf(model)) !== 'folder') {
    throw new CommandError(`${model}: is no folder to keep a ${what} in; name a file with --out`)
  }
  return out ?? path
}

/** A kind of file, and how the names of such files end. */
export interface FileKind {
  readonly name: string
  /** In lower case, the one that is suggested first. */
  readonly extensions: readonly [string, ...string[]]
}

const midi: FileKind = { name: 'MIDI', extensions: ['.mid', '.midi'] }
const sound = ['.wav', '.mp3', '.ogg', '.flac', '.m4a', '.aac', '.opus']

/**
 * Throws if a path ends as files of another kind do. What is no such ending, as in `take-1.5`, is allowed.
 *
 * @throws {UsageError} saying what is written instead.
 */
export function requireExtension(path: string, { name, extensions }: FileKind): void {
  const extension = extname(path)
  if (!/^\.[a-z][a-z\d]{1,9}$/i.test(extension) || extensions.includes(extension.toLowerCase())) return
  const suggested = `${path.slice(0, -extension.length)}${extensions[0]}`
  const hint =
    name === midi.name && sound.includes(extension.toLowerCase())
      ? '; a synthesizer, such as timidity or fluidsynth, makes sound of it'
      : ''
  throw new UsageError(
    `--out ${path}: ${name} is written here, not ${extension}: name it ${suggested}${hint}`
  )
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
