import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Cancel, InvalidOptionError, type Watch } from '@vgm/base'
import { DatasetError, FolderExistsError, MissingFileError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import { contentDigest, fileDigest, hashFolder } from './content-digest.js'
import { download } from './download.js'
import { ChecksumError, HttpStatusError, InterruptedFetchError } from './errors.js'
import type { DatasetSource } from './sources.js'
import { type ArchiveLimits, defaultArchiveLimits, unzip } from './unzip.js'

/** Options of {@link fetchDataset}. */
export interface FetchOptions extends Cancel, Watch {
  /** The folder to put the data set at. It appears when everything is checked, or not at all. */
  readonly out: string
  /** Another place of the same archive; http or https. */
  readonly url?: string
  /** An archive on the disk, which is read in place of downloading one. */
  readonly from?: string
  /** SHA-256 that the archive itself must have, in hex (default: what the source says, if anything). */
  readonly sha256?: string
  readonly limits?: Partial<ArchiveLimits>
}

/** The result of {@link fetchDataset}. */
export interface FetchedDataset {
  readonly folder: string
  readonly files: number
  /** Of the archive, in hex; absent where the data set was there already. */
  readonly archiveSha256: string | undefined
}

/**
 * Brings a published data set onto this disk: downloads its archive, unpacks it safely, checks every file, and only then
 * puts the folder in place. If `out` holds the data set already, nothing is done.
 *
 * Until then everything is in the folder `<out>.part`. A download that ends early, or that `signal` stops, stays there,
 * and the same call goes on with it. Whatever is wrong with an archive removes it.
 *
 * @throws {InvalidOptionError | MissingFileError} if an option is wrong, or `from` is not there.
 * @throws {FolderExistsError} if there is something else at `out`.
 * @throws {HttpStatusError | InterruptedFetchError} if the download fails.
 * @throws {ChecksumError | UnsafeArchiveError | ArchiveLimitError | BadArchiveError} if the archive is not what it should be.
 */
export async function fetchDataset(source: DatasetSource, options: FetchOptions): Promise<FetchedDataset> {
  const { out, from, signal, onProgress } = options
  const limits = requireLimits({ ...defaultArchiveLimits, ...options.limits })
  const url = requireUrl(options.url ?? source.url)
  const expected = requireSha256(options.sha256) ?? source.sha256
  if (from !== undefined && (await kindOfPath(from)) !== 'file')
    throw new MissingFileError(from, 'an archive')
  if (await holdsDataset(out, source))
    return { folder: out, files: source.fileCount, archiveSha256: undefined }

  const work = `${out}.part`
  const staging = join(work, 'files')
  try {
    const archive =
      from ??
      (await download(url, work, {
        maxBytes: limits.maxArchiveBytes,
        signal,
        onProgress: (done, total) =>
          onProgress?.({
            phase: 'downloading',
            done,
            ...(total !== undefined && { total }),
            unit: 'bytes'
          })
      }))
    const label = from ?? url
    const archiveSha256 = await fileDigest(archive)
    if (expected !== undefined && expected !== archiveSha256) {
      throw new ChecksumError(label, expected, archiveSha256)
    }
    await rm(staging, { recursive: true, force: true })
    await mkdir(staging, { recursive: true })
    const files = await unzip(archive, staging, {
      limits,
      label,
      pick: paths => placesOf(paths, source),
      signal,
      onProgress: (done, total) => onProgress?.({ phase: 'unpacking', done, total, unit: 'files' })
    })
    const actual = contentDigest(files)
    if (actual !== source.contentSha256) {
      const what = `${label}: ${titleOf(source)}: the ${files.length} files (${source.fileCount} published)`
      throw new ChecksumError(what, source.contentSha256, actual)
    }
    signal?.throwIfAborted()
    await mkdir(dirname(out), { recursive: true })
    await rename(staging, out)
    await rm(work, { recursive: true, force: true })
    return { folder: out, files: files.length, archiveSha256 }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (from === undefined && isArchiveAtFault(error)) await rm(work, { recursive: true, force: true })
    // Not left behind empty where nothing was downloaded.
    await rmdir(work).catch(() => {})
    throw error
  }
}

/** A data set's name for people. */
function titleOf({ name, version }: DatasetSource): string {
  return `${name} ${version}`
}

/** Everything but a failed connection, which the next call mends, and what the disk or the user says. */
function isArchiveAtFault(error: unknown): boolean {
  const isConnection = error instanceof InterruptedFetchError || error instanceof HttpStatusError
  return error instanceof DatasetError && !isConnection
}

async function holdsDataset(out: string, source: DatasetSource): Promise<boolean> {
  const kind = await kindOfPath(out)
  if (kind === 'none') return false
  if (kind === 'folder') {
    if ((await readdir(out)).length === 0) {
      // Not every system renames onto a folder, even an empty one.
      await rmdir(out)
      return false
    }
    if (contentDigest(await hashFolder(out, source.include)) === source.contentSha256) return true
  }
  throw new FolderExistsError(out, `nothing there, or ${titleOf(source)} as published`)
}

/** The paths of an archive's files in the data set: without its one top folder, without the folders above the data set. */
function placesOf(paths: readonly string[], { root, include }: DatasetSource): Map<string, string> {
  const tops = new Set(paths.map(path => path.split('/', 1)[0]))
  const [top = ''] = tops
  const prefix = `${tops.size === 1 ? `${top}/` : ''}${root === '' ? '' : `${root}/`}`
  const places = new Map<string, string>()
  for (const path of paths) {
    if (!path.startsWith(prefix)) continue
    const place = path.slice(prefix.length)
    if (include.test(place)) places.set(path, place)
  }
  return places
}

function requireUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url
  throw new InvalidOptionError('fetchDataset', 'url', 'an http or https address', url)
}

function requireSha256(sha256: string | undefined): string | undefined {
  if (sha256 === undefined || /^[\da-f]{64}$/i.test(sha256)) return sha256?.toLowerCase()
  throw new InvalidOptionError('fetchDataset', 'sha256', '64 hex digits', sha256)
}

function requireLimits(limits: ArchiveLimits): ArchiveLimits {
  for (const [name, value] of Object.entries(limits) as [string, number][]) {
    if (!(value > 0))
      throw new InvalidOptionError('fetchDataset', `limits.${name}`, 'a number above 0', value)
  }
  return limits
}
