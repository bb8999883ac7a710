import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import writeFileAtomic from 'write-file-atomic'
import { CommandError, InternalError, isExpected, problemOf, ToldError } from './errors.js'

/** The name that stands for standard input or output. */
export const standardStream = '-'

/** The bytes of a file, or of standard input for `-`. */
export function readInput(path: string): Promise<Uint8Array> {
  return naming(
    path,
    async () => new Uint8Array(path === standardStream ? await buffer(process.stdin) : await readFile(path))
  )
}

/**
 * Writes a file as a whole or not at all, its folder made if need be; `-` is standard output. What is no regular file (a
 * device, a pipe) is written into rather than replaced.
 */
export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  const data = typeof content === 'string' ? content : Buffer.from(content)
  if (path === standardStream) {
    return new Promise((resolve, reject) => {
      process.stdout.write(data, error => (error ? reject(error) : resolve()))
    })
  }
  await naming(path, async () => {
    const stats = await stat(path).catch(() => undefined)
    if (stats !== undefined && !stats.isFile()) return writeFile(path, data)
    await mkdir(dirname(path), { recursive: true })
    await writeFileAtomic(path, data)
  })
}

/** Whether a path exists, and as what. */
export async function kindOf(path: string): Promise<'file' | 'folder' | 'none'> {
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined) return 'none'
  return stats.isDirectory() ? 'folder' : 'file'
}

/** Whether this names something that a model folder keeps, rather than the path of a file. */
export function isName(nameOrPath: string): boolean {
  return /^[^/\\]+$/.test(nameOrPath) && !nameOrPath.endsWith('.json')
}

/** How messages call a file. */
export function labelOf(path: string): string {
  return path === standardStream ? 'standard input' : path
}

/**
 * Runs `work` on a file and puts the file's name before the message of what goes wrong.
 *
 * @throws {CommandError} if the file or the file system is at fault.
 * @throws {InternalError} if the code is.
 */
export async function naming<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ToldError || isAbort(error)) throw error
    if (!isExpected(error)) throw new InternalError(error, labelOf(path))
    const problem = problemOf(error)
    const name = `${basename(path)}: `
    const rest = problem.startsWith(name) ? problem.slice(name.length) : problem
    const message = rest.startsWith(path) ? rest : `${labelOf(path)}: ${rest}`
    throw new CommandError(message, { cause: error })
  }
}

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** A file's or folder's name without what leads to it. */
export function nameOf(path: string): string {
  return basename(join(path))
}
