import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import * as yauzl from 'yauzl'
import { DatasetError } from '../errors.js'
import type { HashedFile } from './content-digest.js'
import { ArchiveLimitError, BadArchiveError, UnsafeArchiveError } from './errors.js'

/** Limits of an archive. */
export interface ArchiveLimits {
  /** The archive itself, in bytes (default: 256 MiB). */
  readonly maxArchiveBytes: number
  /** Files and folders in it (default: 50,000). */
  readonly maxEntries: number
  /** One file unpacked, in bytes (default: 64 MiB). */
  readonly maxFileBytes: number
  /** All files unpacked, in bytes (default: 1 GiB). */
  readonly maxTotalBytes: number
  /** The largest ratio of a file's unpacked to its packed size, from 64 KiB on (default: 200). */
  readonly maxRatio: number
}

/** Generous for data sets of symbolic music, and far below what could harm. */
export const defaultArchiveLimits: ArchiveLimits = {
  maxArchiveBytes: 256 * 2 ** 20,
  maxEntries: 50_000,
  maxFileBytes: 64 * 2 ** 20,
  maxTotalBytes: 2 ** 30,
  maxRatio: 200
}

/** Repetitive text of a few kilobytes packs better than {@link ArchiveLimits.maxRatio}, and harms nobody. */
const ratioFromBytes = 64 * 2 ** 10

/** Options of {@link unzip}. */
export interface UnzipOptions {
  readonly limits: ArchiveLimits
  /** The archive's name in messages. */
  readonly label: string
  /** Chooses what is unpacked: from the paths of the archive's files to where they go in the folder. */
  readonly pick: (paths: readonly string[]) => ReadonlyMap<string, string>
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((doneFiles: number, totalFiles: number) => void) | undefined
}

/** A file in an archive. */
interface Member {
  readonly path: string
  readonly entry: yauzl.Entry
}

/**
 * Unpacks a zip archive. All its entries are looked at before the first is written: paths that lead out of the folder,
 * links and sizes beyond the limits refuse the archive as a whole. yauzl sees to it that no file grows beyond the size
 * that its entry states.
 *
 * @throws {UnsafeArchiveError | ArchiveLimitError | BadArchiveError}
 */
export async function unzip(archive: string, folder: string, options: UnzipOptions): Promise<HashedFile[]> {
  try {
    const zip = await yauzl.openPromise(archive, {
      autoClose: false,
      decodeStrings: false,
      lazyEntries: true
    })
    try {
      return await extract(zip, await readMembers(zip, options), folder, options)
    } finally {
      zip.close()
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw asArchiveError(error, options.label)
  }
}

async function readMembers(zip: yauzl.ZipFile, { limits, label }: UnzipOptions): Promise<Member[]> {
  const check = (limit: keyof ArchiveLimits, actual: number) => {
    if (actual > limits[limit]) throw new ArchiveLimitError(label, limit, limits[limit], actual)
  }
  check('maxArchiveBytes', zip.fileSize)
  check('maxEntries', zip.entryCount)
  const members: Member[] = []
  const seen = new Set<string>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const path = pathOf(entry)
    const problem = seen.has(path) ? 'is there twice' : problemOf(path, entry)
    if (problem !== undefined) throw new UnsafeArchiveError(label, path, problem)
    seen.add(path)
    total += entry.uncompressedSize
    check('maxFileBytes', entry.uncompressedSize)
    check('maxTotalBytes', total)
    if (entry.uncompressedSize > ratioFromBytes) {
      check('maxRatio', Math.ceil(entry.uncompressedSize / Math.max(1, entry.compressedSize)))
    }
    if (!path.endsWith('/')) members.push({ path, entry })
  }
  return members
}

/** Files that are unpacked side by side: each waits for the disk more than it computes. */
const filesAtOnce = 8

async function extract(
  zip: yauzl.ZipFile,
  members: readonly Member[],
  folder: string,
  { label, pick, signal, onProgress }: UnzipOptions
): Promise<HashedFile[]> {
  const targets = pick(members.map(({ path }) => path))
  const picked = members.filter(({ path }) => targets.has(path))
  await makeFolders(new Set([...targets.values()].map(target => dirname(join(folder, target)))))
  const files: HashedFile[] = []
  const waiting = picked.values()
  let hasFailed = false
  const unpack = async () => {
    // One iterator for all: each takes the next file that none has taken.
    for (const { path, entry } of waiting) {
      if (hasFailed) return
      signal?.throwIfAborted()
      if (!entry.canDecodeFileData()) {
        throw new BadArchiveError(label, `${path} is encrypted, or packed in an unknown way`)
      }
      const target = targets.get(path)!
      const content = await buffer(await zip.openReadStreamPromise(entry))
      await writeFile(join(folder, target), content, { flag: 'wx' })
      files.push({ path: target, sha256: createHash('sha256').update(content).digest('hex') })
      onProgress?.(files.length, picked.length)
    }
  }
  const endings = await Promise.allSettled(
    Array.from({ length: filesAtOnce }, () =>
      unpack().catch((error: unknown) => {
        hasFailed = true
        throw error
      })
    )
  )
  // Only now does nobody write any more, so that the caller can clear the folder.
  const failed = endings.find(ending => ending.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  return files
}

async function makeFolders(folders: ReadonlySet<string>): Promise<void> {
  for (const folder of folders) await mkdir(folder, { recursive: true })
}

function pathOf(entry: yauzl.Entry): string {
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
}

const fileTypes = { mask: 0o170000, regular: 0o100000, folder: 0o040000 } as const

/** The reason why an entry is unsafe to unpack. */
function problemOf(path: string, entry: yauzl.Entry): string | undefined {
  if (yauzl.validateFileName(path) !== null) return 'leads out of its folder'
  const parts = path.replace(/\/$/, '').split('/')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (parts.some(part => part === '' || part === '.' || /[\u0000-\u001f:]/.test(part))) {
    return 'is no plain path'
  }
  // Archives made on Unix keep the kind of a file in the upper half; others leave it 0.
  const type = (entry.externalFileAttributes >>> 16) & fileTypes.mask
  const isPlain = type === 0 || type === fileTypes.regular || type === fileTypes.folder
  return isPlain ? undefined : 'is a link or a device'
}

/** yauzl and zlib throw plain errors about the archive; what the system says of the disk passes as it is. */
function asArchiveError(error: unknown, label: string): unknown {
  if (error instanceof DatasetError || !(error instanceof Error)) return error
  const { syscall, code } = error as NodeJS.ErrnoException
  const isConflict = code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR'
  if (syscall !== undefined && !isConflict) return error
  return new BadArchiveError(label, error.message, { cause: error })
}
