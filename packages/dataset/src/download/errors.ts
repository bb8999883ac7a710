import { DatasetError } from '../errors.js'

/** The server answered, but not with the archive. */
export class HttpStatusError extends DatasetError {
  override readonly name = 'HttpStatusError'
  readonly url: string
  readonly status: number

  constructor(url: string, status: number, statusText: string) {
    super('HTTP_STATUS', `${url}: expected an archive, got ${`${status} ${statusText}`.trim()}`)
    this.url = url
    this.status = status
  }
}

/** The connection could not be made, or ended before the archive did. `cause` says why. */
export class InterruptedFetchError extends DatasetError {
  override readonly name = 'InterruptedFetchError'
  readonly url: string
  /** Bytes that are on the disk now. */
  readonly receivedBytes: number
  /** The archive's size in bytes, where the server said it. */
  readonly expectedBytes: number | undefined
  /** Whether the same call resumes from these bytes. */
  readonly canResume: boolean

  constructor(
    url: string,
    progress: { receivedBytes: number; expectedBytes: number | undefined; canResume: boolean },
    options?: ErrorOptions
  ) {
    const { receivedBytes, expectedBytes, canResume } = progress
    const of = expectedBytes === undefined ? '' : ` of ${expectedBytes}`
    const next = canResume ? 'the same call goes on from there' : 'the same call starts again'
    super(
      'FETCH_INTERRUPTED',
      receivedBytes === 0
        ? `${url}: cannot be reached: ${reasonOf(options?.cause)}`
        : `${url}: the connection ended after ${receivedBytes}${of} bytes; ${next}`,
      options
    )
    this.url = url
    this.receivedBytes = receivedBytes
    this.expectedBytes = expectedBytes
    this.canResume = canResume
  }
}

/** Bytes that are not the ones that were published. */
export class ChecksumError extends DatasetError {
  override readonly name = 'ChecksumError'
  /** SHA-256 in hex, like `actual`. */
  readonly expected: string
  readonly actual: string

  constructor(what: string, expected: string, actual: string) {
    super('CHECKSUM', `${what}: expected SHA-256 ${expected}, got ${actual}`)
    this.expected = expected
    this.actual = actual
  }
}

/** An archive that would write outside its folder, or otherwise asks for what an archive of data has no need of. */
export class UnsafeArchiveError extends DatasetError {
  override readonly name = 'UnsafeArchiveError'
  readonly archive: string
  readonly entry: string

  constructor(archive: string, entry: string, problem: string) {
    super('UNSAFE_ARCHIVE', `${archive}: entry ${JSON.stringify(entry)} ${problem}; nothing was unpacked`)
    this.archive = archive
    this.entry = entry
  }
}

/** Names of the limits of {@link ArchiveLimits}. */
export type ArchiveLimitName =
  | 'maxArchiveBytes'
  | 'maxEntries'
  | 'maxFileBytes'
  | 'maxTotalBytes'
  | 'maxRatio'

/** An archive that is larger than the caller allows, packed or unpacked. */
export class ArchiveLimitError extends DatasetError {
  override readonly name = 'ArchiveLimitError'
  readonly limit: ArchiveLimitName
  readonly allowed: number
  /** The size that the archive states; for `maxArchiveBytes` it may be the first size above the limit. */
  readonly actual: number

  constructor(archive: string, limit: ArchiveLimitName, allowed: number, actual: number) {
    super('ARCHIVE_LIMIT', `${archive}: ${limit} allows ${allowed}, got ${actual}; nothing was unpacked`)
    this.limit = limit
    this.allowed = allowed
    this.actual = actual
  }
}

/** A file that is no archive, or a damaged one. `cause` says why. */
export class BadArchiveError extends DatasetError {
  override readonly name = 'BadArchiveError'
  readonly archive: string

  constructor(archive: string, problem: string, options?: ErrorOptions) {
    super('BAD_ARCHIVE', `${archive}: expected a zip archive: ${problem}`, options)
    this.archive = archive
  }
}

/** `fetch` hides the reason in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code } = error as NodeJS.ErrnoException
  return error.cause === undefined ? (code ?? error.message) : reasonOf(error.cause)
}
