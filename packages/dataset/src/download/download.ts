import { type FileHandle, mkdir, open, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadableStream } from 'node:stream/web'
import * as v from 'valibot'
import writeFileAtomic from 'write-file-atomic'
import { ArchiveLimitError, HttpStatusError, InterruptedFetchError } from './errors.js'

/** Kept beside an unfinished download, so that another run can resume it. */
const noteSchema = v.object({
  url: v.string(),
  /** A strong ETag or a date, by which the server can tell whether its file is still the same. */
  validator: v.optional(v.string()),
  /** In bytes. */
  size: v.optional(v.number())
})

type Note = v.InferOutput<typeof noteSchema>

/** Options of {@link download}. */
export interface DownloadOptions {
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
  /** @param totalBytes Absent where the server does not say it. */
  readonly onProgress?: ((doneBytes: number, totalBytes: number | undefined) => void) | undefined
}

/**
 * Downloads a file into `folder`, going on with what an earlier call left there where the server can tell that it is
 * still the same file and sends parts of it; from the start otherwise.
 *
 * @returns The file's path.
 * @throws {HttpStatusError | InterruptedFetchError | ArchiveLimitError}
 */
export async function download(url: string, folder: string, options: DownloadOptions): Promise<string> {
  const path = join(folder, 'archive.zip')
  const notePath = join(folder, 'download.json')
  const note = await readNote(notePath)
  const there = note?.url === url ? await sizeOf(path) : 0
  if (there > 0 && note?.size === there) return path

  const { response, offset } = await request(url, there, note?.validator, options)
  const validator = validatorOf(response)
  const left = lengthOf(response)
  const total = left === undefined ? undefined : offset + left
  if (total !== undefined && total > options.maxBytes) {
    await response.body?.cancel()
    throw new ArchiveLimitError(url, 'maxArchiveBytes', options.maxBytes, total)
  }
  await mkdir(folder, { recursive: true })
  const saved: Note = { url, ...(validator && { validator }), ...(total && { size: total }) }
  await writeFileAtomic(notePath, JSON.stringify(saved))

  let failure: unknown
  const file = await open(path, offset > 0 ? 'a' : 'w')
  try {
    await save(url, response, file, offset, total, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    // What a limit or the disk says passes as it is; what is left are the ways a connection can end.
    if (error instanceof ArchiveLimitError || (error as NodeJS.ErrnoException).syscall === 'write')
      throw error
    failure = error
  } finally {
    await file.close()
  }
  const size = await sizeOf(path)
  if (failure !== undefined || (total !== undefined && size !== total)) {
    const progress = { receivedBytes: size, expectedBytes: total, canResume: validator !== undefined }
    throw new InterruptedFetchError(url, progress, { cause: failure })
  }
  if (total === undefined) await writeFileAtomic(notePath, JSON.stringify({ ...saved, size }))
  return path
}

/** Asks for what is missing; for the whole where the server cannot send the rest of the same file. */
async function request(
  url: string,
  there: number,
  validator: string | undefined,
  { signal }: DownloadOptions
): Promise<{ response: Response; offset: number }> {
  // A server that compresses on the way would count its bytes, not the file's.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' }
  const offset = validator === undefined ? 0 : there
  if (offset > 0 && validator !== undefined) {
    headers.range = `bytes=${offset}-`
    headers['if-range'] = validator
  }
  let response: Response
  try {
    response = await fetch(url, { headers, ...(signal && { signal }) })
  } catch (cause) {
    signal?.throwIfAborted()
    const progress = { receivedBytes: 0, expectedBytes: undefined, canResume: false }
    throw new InterruptedFetchError(url, progress, { cause })
  }
  const isRest = response.status === 206 && startOf(response) === offset
  if (response.status === 200) return { response, offset: 0 }
  if (offset > 0 && isRest) return { response, offset }
  await response.body?.cancel()
  if (offset > 0 && (response.status === 206 || response.status === 416)) {
    return request(url, 0, undefined, { maxBytes: 0, signal })
  }
  throw new HttpStatusError(url, response.status, response.statusText)
}

/** Chunk by chunk, so that all that came is on the disk when the connection ends. */
async function save(
  url: string,
  { body }: Response,
  file: FileHandle,
  offset: number,
  total: number | undefined,
  { maxBytes, onProgress }: DownloadOptions
): Promise<void> {
  let done = offset
  onProgress?.(done, total)
  if (body === null) return
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    done += chunk.length
    if (done > maxBytes) throw new ArchiveLimitError(url, 'maxArchiveBytes', maxBytes, done)
    await file.appendFile(chunk)
    onProgress?.(done, total)
  }
}

/** Only a strong validator says that the bytes are the same. */
function validatorOf({ headers }: Response): string | undefined {
  const etag = headers.get('etag')
  if (etag !== null && !etag.startsWith('W/')) return etag
  return headers.get('last-modified') ?? undefined
}

function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length')
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined
}

function startOf({ headers }: Response): number {
  return Number(/^bytes (\d+)-/.exec(headers.get('content-range') ?? '')?.[1])
}

async function readNote(path: string): Promise<Note | undefined> {
  const text = await readFile(path, 'utf8').catch(() => 'null')
  try {
    const parsed = v.safeParse(noteSchema, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}
