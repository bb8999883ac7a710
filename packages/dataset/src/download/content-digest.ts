import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** A file by what is in it. */
export interface HashedFile {
  /** Relative to the data set's folder, with slashes. */
  readonly path: string
  /** In hex. */
  readonly sha256: string
}

/**
 * The SHA-256 of a set of files, whatever archive they came in: of one line `sha256  path` each, by the bytes of their
 * paths. So `find … -type f | LC_ALL=C sort | xargs sha256sum | sha256sum` says the same.
 */
export function contentDigest(files: readonly HashedFile[]): string {
  const hash = createHash('sha256')
  const sorted = [...files].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
  for (const { path, sha256 } of sorted) hash.update(`${sha256}  ${path}\n`)
  return hash.digest('hex')
}

/** The SHA-256 of a file's bytes, in hex. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** The files of a folder and its subfolders whose path within it matches. */
export async function hashFolder(folder: string, include: RegExp): Promise<HashedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files: HashedFile[] = []
  for (const entry of entries) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
    if (!entry.isFile() || !include.test(path)) continue
    files.push({ path, sha256: await fileDigest(join(folder, path)) })
  }
  return files
}
