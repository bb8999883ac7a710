import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** How a server treats one request. */
export interface Manner {
  readonly archive: Uint8Array
  readonly etag?: string
  readonly hasRanges?: boolean
  /** Whether the size is left unsaid, as by GitHub. */
  readonly isChunked?: boolean
  /** Sends so many bytes and no more; {@link ArchiveServer.cut} ends the connection. */
  readonly stallAfter?: number
  readonly status?: number
}

/** A server that {@link archiveServer} started. */
export interface ArchiveServer {
  readonly url: string
  /** The headers of each request so far. */
  readonly requests: readonly IncomingHttpHeaders[]
  /** Ends every connection without an answer. */
  cut(): void
  /** Ends the server itself. */
  close(): Promise<void>
}

/** A server on this machine that offers an archive, in one manner after another (the last one stays). */
export async function archiveServer(...manners: [Manner, ...Manner[]]): Promise<ArchiveServer> {
  const requests: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    const manner = manners[Math.min(requests.length, manners.length - 1)]!
    requests.push(request.headers)
    answer(manner, request, response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/archive.zip`,
    requests,
    cut: () => server.closeAllConnections(),
    close
  }
}

function answer(manner: Manner, { headers }: IncomingMessage, response: ServerResponse): void {
  const { archive, etag, hasRanges = false, isChunked = false, stallAfter, status } = manner
  if (status !== undefined) {
    response.writeHead(status).end('not here')
    return
  }
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  const isRest = hasRanges && start > 0 && headers['if-range'] === etag
  if (isRest && start >= archive.length) {
    response.writeHead(416, { 'content-range': `bytes */${archive.length}` }).end()
    return
  }
  const body = archive.subarray(isRest ? start : 0)
  response.writeHead(isRest ? 206 : 200, {
    ...(etag !== undefined && { etag }),
    ...(!isChunked && { 'content-length': body.length }),
    ...(isRest && { 'content-range': `bytes ${start}-${archive.length - 1}/${archive.length}` })
  })
  if (stallAfter === undefined) response.end(body)
  else response.write(body.subarray(0, stallAfter))
}
