import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '@vgm/base'
import { describe, expect, test, vi } from 'vitest'
import {
  ArchiveLimitError,
  BadArchiveError,
  ChecksumError,
  contentDigest,
  type DatasetSource,
  datasetSource,
  FolderExistsError,
  fetchDataset,
  HttpStatusError,
  InterruptedFetchError,
  InvalidOptionError,
  MissingFileError,
  UnsafeArchiveError
} from '../src/node.js'
import { type ArchiveServer, archiveServer } from './archive-server.js'
import { temporaryFolder } from './temporary-folder.js'
import { type ZipMember, zipOf } from './zip.js'

vi.setConfig({ testTimeout: 30_000 })

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')

/** A data set of three files; longer than what a connection delivers at once. */
const files = {
  'labels.csv': 'label,id\n1,a\n',
  'midi/a.mid': Buffer.alloc(300_000, 7),
  'midi/b.mid': Buffer.alloc(200_000, 9)
}

const published: ZipMember[] = [
  { path: 'music-1.0/', mode: 0o040755 },
  { path: 'music-1.0/README.md', content: 'not part of the data set' },
  ...Object.entries(files).map(([path, content]) => ({ path: `music-1.0/data/${path}`, content }))
]
const archive = zipOf(published)

const source: DatasetSource = {
  name: 'music',
  version: '1.0',
  url: 'https://music.invalid/archive.zip',
  root: 'data',
  include: /\.(csv|mid)$/,
  fileCount: 3,
  contentSha256: contentDigest(
    Object.entries(files).map(([path, content]) => ({ path, sha256: sha256(content) }))
  )
}

async function contents(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}

const whole = Object.keys(files).map(path => `music/${path}`)
const unfinished = ['music.part/archive.zip', 'music.part/download.json']

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error
  )
}

/** A fetch whose connection is cut as soon as so many bytes have come. */
function cutFetch(server: ArchiveServer, out: string, bytes: number): Promise<unknown> {
  const onProgress = (step: Progress) => {
    if (step.phase === 'downloading' && step.done === bytes) server.cut()
  }
  return failure(fetchDataset(source, { out, url: server.url, onProgress }))
}

/** An archive on the disk beside the place for the data set. */
async function archiveFile(content: Uint8Array) {
  const folder = await temporaryFolder()
  const from = join(folder, 'a.zip')
  await writeFile(from, content)
  return { folder, from, out: join(folder, 'music') }
}

describe('download', () => {
  test('brings the files of the data set, without what is above and beside them', async () => {
    const folder = await temporaryFolder()
    const { url } = await archiveServer({ archive })
    const progress: Progress[] = []
    const fetched = await fetchDataset(source, {
      out: join(folder, 'deep', 'music'),
      url,
      onProgress: step => progress.push(step)
    })
    expect(fetched).toEqual({
      folder: join(folder, 'deep', 'music'),
      files: 3,
      archiveSha256: sha256(archive)
    })
    expect(await contents(join(folder, 'deep'))).toEqual(whole)
    expect(files['midi/a.mid'].equals(await readFile(join(folder, 'deep/music/midi/a.mid')))).toBe(true)
    const total = archive.length
    expect(progress[0]).toEqual({ phase: 'downloading', done: 0, total, unit: 'bytes' })
    expect(progress).toContainEqual({ phase: 'downloading', done: total, total, unit: 'bytes' })
    expect(progress.at(-1)).toEqual({ phase: 'unpacking', done: 3, total: 3, unit: 'files' })
  })

  test('goes on where the connection was cut', async () => {
    const folder = await temporaryFolder()
    const etag = '"v1"'
    const server = await archiveServer(
      { archive, etag, stallAfter: 100_000 },
      { archive, etag, hasRanges: true }
    )
    const out = join(folder, 'music')
    const error = await cutFetch(server, out, 100_000)
    expect(error).toBeInstanceOf(InterruptedFetchError)
    expect(error).toMatchObject({ receivedBytes: 100_000, expectedBytes: archive.length, canResume: true })
    expect((error as Error).message).toBe(
      `${server.url}: the connection ended after 100000 of ${archive.length} bytes; the same call goes on from there`
    )
    expect(await contents(folder)).toEqual(unfinished)

    await fetchDataset(source, { out, url: server.url })
    expect(server.requests[1]).toMatchObject({ range: 'bytes=100000-', 'if-range': etag })
    expect(await contents(folder)).toEqual(whole)
  })

  test('starts again where the archive has changed in between', async () => {
    const folder = await temporaryFolder()
    const older = Buffer.alloc(archive.length, 1)
    const server = await archiveServer(
      { archive: older, etag: '"v1"', stallAfter: 100_000 },
      { archive, etag: '"v2"', hasRanges: true }
    )
    const out = join(folder, 'music')
    expect(await cutFetch(server, out, 100_000)).toBeInstanceOf(InterruptedFetchError)
    expect((await fetchDataset(source, { out, url: server.url })).archiveSha256).toBe(sha256(archive))
    expect(server.requests[1]).toMatchObject({ 'if-range': '"v1"' })
    expect(await contents(folder)).toEqual(whole)
  })

  test.each([
    ['without an ETag', { archive }],
    ['with a weak ETag', { archive, etag: 'W/"v1"', hasRanges: true }]
  ])('starts again %s, since nobody can tell whether the archive is the same', async (_, manner) => {
    const folder = await temporaryFolder()
    const server = await archiveServer({ ...manner, stallAfter: 100_000 }, manner)
    const out = join(folder, 'music')
    const error = await cutFetch(server, out, 100_000)
    expect(error).toMatchObject({ code: 'FETCH_INTERRUPTED', canResume: false })
    expect((error as Error).message).toContain('the same call starts again')
    await fetchDataset(source, { out, url: server.url })
    expect(server.requests[1]).not.toHaveProperty('range')
    expect(await contents(folder)).toEqual(whole)
  })

  test('starts again on a server that sends no ranges', async () => {
    const folder = await temporaryFolder()
    const etag = '"v1"'
    const server = await archiveServer({ archive, etag, stallAfter: 100_000 }, { archive, etag })
    const out = join(folder, 'music')
    expect(await cutFetch(server, out, 100_000)).toBeInstanceOf(InterruptedFetchError)
    await fetchDataset(source, { out, url: server.url })
    expect(server.requests[1]).toMatchObject({ range: 'bytes=100000-' })
    expect(await contents(folder)).toEqual(whole)
  })

  test('starts again where more is here than the server has', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'music.part'))
    const etag = '"v1"'
    const { url, requests } = await archiveServer({ archive, etag, hasRanges: true })
    await writeFile(join(folder, 'music.part/archive.zip'), Buffer.alloc(archive.length + 5))
    await writeFile(join(folder, 'music.part/download.json'), JSON.stringify({ url, validator: etag }))
    await fetchDataset(source, { out: join(folder, 'music'), url })
    expect(requests).toHaveLength(2)
    expect(await contents(folder)).toEqual(whole)
  })

  test('starts again from another address, or where the note of the first is unreadable', async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'music.part'))
    await writeFile(join(folder, 'music.part/archive.zip'), Buffer.alloc(1000))
    await writeFile(join(folder, 'music.part/download.json'), '{"url":')
    const { url, requests } = await archiveServer({ archive, etag: '"v1"', hasRanges: true })
    await fetchDataset(source, { out: join(folder, 'music'), url })
    expect(requests[0]).not.toHaveProperty('range')
    expect(await contents(folder)).toEqual(whole)
  })

  test('notices that an archive of unsaid size is cut', async () => {
    const folder = await temporaryFolder()
    const server = await archiveServer(
      { archive, isChunked: true, stallAfter: 100_000 },
      { archive, isChunked: true }
    )
    const out = join(folder, 'music')
    const error = await cutFetch(server, out, 100_000)
    expect(error).toMatchObject({
      code: 'FETCH_INTERRUPTED',
      receivedBytes: 100_000,
      expectedBytes: undefined
    })
    await fetchDataset(source, { out, url: server.url })
    expect(await contents(folder)).toEqual(whole)
  })

  test('does not download again what is whole but was not unpacked', async () => {
    const folder = await temporaryFolder()
    const { url, requests } = await archiveServer({ archive, isChunked: true })
    const out = join(folder, 'music')
    const controller = new AbortController()
    const stopped = fetchDataset(source, {
      out,
      url,
      signal: controller.signal,
      onProgress: ({ phase }) => phase === 'unpacking' && controller.abort()
    })
    expect(await failure(stopped)).toBe(controller.signal.reason)
    expect(await contents(folder)).toEqual(unfinished)
    await fetchDataset(source, { out, url })
    expect(requests).toHaveLength(1)
    expect(await contents(folder)).toEqual(whole)
  })

  test('stops at once when asked to, and goes on later', async () => {
    const folder = await temporaryFolder()
    const controller = new AbortController()
    const etag = '"v1"'
    const { url, requests } = await archiveServer(
      { archive, etag, stallAfter: 100_000 },
      { archive, etag, hasRanges: true }
    )
    const out = join(folder, 'music')
    const stopped = fetchDataset(source, {
      out,
      url,
      signal: controller.signal,
      onProgress: step => step.phase === 'downloading' && step.done > 50_000 && controller.abort()
    })
    expect(await failure(stopped)).toBe(controller.signal.reason)
    expect(await contents(folder)).toEqual(unfinished)
    await fetchDataset(source, { out, url })
    expect(requests[1]!.range).toMatch(/^bytes=[1-9]\d*-$/)
    expect(await contents(folder)).toEqual(whole)
  })

  test('says what the server answers, and leaves nothing', async () => {
    const folder = await temporaryFolder()
    const { url } = await archiveServer({ archive, status: 404 })
    const error = await failure(fetchDataset(source, { out: join(folder, 'music'), url }))
    expect(error).toBeInstanceOf(HttpStatusError)
    expect(error).toMatchObject({ status: 404, message: `${url}: expected an archive, got 404 Not Found` })
    expect(await contents(folder)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })

  test('says why a server cannot be reached', async () => {
    const folder = await temporaryFolder()
    const { url, close } = await archiveServer({ archive })
    await close()
    const error = await failure(fetchDataset(source, { out: join(folder, 'music'), url }))
    expect(error).toMatchObject({ code: 'FETCH_INTERRUPTED', receivedBytes: 0 })
    expect(await readdir(folder)).toEqual([])
  })

  test.each([[false], [true]])('stops at maxArchiveBytes (size unsaid: %s)', async isChunked => {
    const folder = await temporaryFolder()
    const { url } = await archiveServer({ archive, isChunked })
    const options = { out: join(folder, 'music'), url, limits: { maxArchiveBytes: 1000 } }
    expect(await failure(fetchDataset(source, options))).toMatchObject({
      code: 'ARCHIVE_LIMIT',
      limit: 'maxArchiveBytes',
      allowed: 1000
    })
    expect(await readdir(folder)).toEqual([])
  })
})

describe('checks', () => {
  test("refuses an archive with another checksum than the caller's, and leaves nothing", async () => {
    const folder = await temporaryFolder()
    const { url } = await archiveServer({ archive })
    const expected = 'ab'.repeat(32)
    const error = await failure(
      fetchDataset(source, { out: join(folder, 'music'), url, sha256: expected.toUpperCase() })
    )
    expect(error).toBeInstanceOf(ChecksumError)
    expect((error as Error).message).toBe(`${url}: expected SHA-256 ${expected}, got ${sha256(archive)}`)
    expect(await readdir(folder)).toEqual([])
  })

  test("refuses an archive with another checksum than the source's", async () => {
    const { folder, from, out } = await archiveFile(archive)
    const fixed = { ...source, sha256: 'cd'.repeat(32) }
    expect(await failure(fetchDataset(fixed, { out, from }))).toMatchObject({ code: 'CHECKSUM' })
    expect(await readdir(folder)).toEqual(['a.zip'])
    const right = { ...source, sha256: sha256(archive) }
    expect((await fetchDataset(right, { out, from })).files).toBe(3)
  })

  test.each([
    [
      'a file differs',
      published.map(file => (file.path.endsWith('a.mid') ? { ...file, content: 'x' } : file)),
      3
    ],
    ['a file is missing', published.slice(0, -1), 2],
    ['a file is new', [...published, { path: 'music-1.0/data/midi/c.mid', content: 'x' }], 4],
    [
      'a file has another name',
      published.map(file => ({ ...file, path: file.path.replace('a.mid', 'c.mid') })),
      3
    ]
  ])('refuses an archive in which %s', async (_, members, count) => {
    const { folder, from, out } = await archiveFile(zipOf(members))
    const error = await failure(fetchDataset(source, { out, from }))
    expect(error).toBeInstanceOf(ChecksumError)
    expect(error).toMatchObject({ expected: source.contentSha256 })
    expect((error as Error).message).toContain(
      `a.zip: music 1.0: the ${count} files (3 published): expected SHA-256`
    )
    expect(await readdir(folder)).toEqual(['a.zip'])
  })

  test('takes the same files from an archive packed otherwise', async () => {
    const flat = Object.entries(files).map(([path, content]) => ({
      path: `data/${path}`,
      content,
      isDeflated: true
    }))
    const { out, from } = await archiveFile(
      zipOf([{ path: 'README.md', content: 'hello' }, ...flat.reverse()])
    )
    expect((await fetchDataset(source, { out, from, limits: { maxRatio: 1100 } })).files).toBe(3)
    expect(await contents(join(out, '..'))).toEqual(['a.zip', ...whole])
  })

  test('is content with what is there already, and refuses to replace anything else', async () => {
    const { folder, from, out } = await archiveFile(archive)
    await fetchDataset(source, { out, from })
    expect(await fetchDataset(source, { out, from })).toEqual({
      folder: out,
      files: 3,
      archiveSha256: undefined
    })
    await writeFile(join(out, 'labels.csv'), 'mine')
    const error = await failure(fetchDataset(source, { out, from }))
    expect(error).toBeInstanceOf(FolderExistsError)
    expect((error as Error).message).toBe(
      `${out}: exists already, expected nothing there, or music 1.0 as published`
    )
    expect(await readFile(join(out, 'labels.csv'), 'utf8')).toBe('mine')
    expect(await failure(fetchDataset(source, { out: from, from }))).toBeInstanceOf(FolderExistsError)
    await mkdir(join(folder, 'empty'))
    expect((await fetchDataset(source, { out: join(folder, 'empty'), from })).files).toBe(3)
  })

  test.each([
    [
      { url: 'ftp://music.invalid/a.zip' },
      'url expected an http or https address, got "ftp://music.invalid/a.zip"'
    ],
    [{ url: 'music' }, 'url expected an http or https address, got "music"'],
    [{ sha256: 'abc' }, 'sha256 expected 64 hex digits, got "abc"'],
    [{ limits: { maxEntries: 0 } }, 'limits.maxEntries expected a number above 0, got 0']
  ])('refuses %j', async (options, message) => {
    const error = await failure(fetchDataset(source, { out: 'nowhere', ...options }))
    expect(error).toBeInstanceOf(InvalidOptionError)
    expect((error as Error).message).toBe(`fetchDataset: ${message}`)
  })

  test('names an archive that is not there', async () => {
    const error = await failure(fetchDataset(source, { out: 'nowhere', from: '/no/such.zip' }))
    expect(error).toBeInstanceOf(MissingFileError)
    expect((error as Error).message).toBe('/no/such.zip: expected an archive, found none')
  })
})

describe('unpacking', () => {
  const inside = (path: string, more: Partial<ZipMember> = {}): ZipMember => ({ path, content: 'x', ...more })

  test.each([
    ['../evil.mid', inside('../evil.mid'), 'leads out of its folder'],
    ['a path with .. in it', inside('music-1.0/../../evil.mid'), 'leads out of its folder'],
    ['/tmp/evil.mid', inside('/tmp/evil.mid'), 'leads out of its folder'],
    ['C:/evil.mid', inside('C:/evil.mid'), 'leads out of its folder'],
    ['a path of another system', inside('music-1.0\\..\\evil.mid'), 'leads out of its folder'],
    ['a stream of another file', inside('music-1.0/data/a.mid:evil'), 'is no plain path'],
    ['a path with NUL', inside('music-1.0/data/a\u0000.mid'), 'is no plain path'],
    ['a path with gaps', inside('music-1.0/data//a.mid'), 'is no plain path'],
    [
      'a link',
      inside('music-1.0/data/l.mid', { mode: 0o120777, content: '/etc/passwd' }),
      'is a link or a device'
    ],
    ['a device', inside('music-1.0/data/d.mid', { mode: 0o020666 }), 'is a link or a device'],
    ['a file twice', inside('music-1.0/data/labels.csv'), 'is there twice']
  ])('refuses an archive with %s before anything is written', async (_, member, problem) => {
    const { folder, from, out } = await archiveFile(zipOf([...published, member]))
    const error = await failure(fetchDataset(source, { out, from }))
    expect(error).toBeInstanceOf(UnsafeArchiveError)
    expect((error as Error).message).toBe(
      `${from}: entry ${JSON.stringify(member.path)} ${problem}; nothing was unpacked`
    )
    expect(await readdir(folder)).toEqual(['a.zip'])
  })

  test.each([
    ['maxRatio', inside('music-1.0/bomb', { content: Buffer.alloc(10_000_000), isDeflated: true }), {}],
    ['maxFileBytes', inside('music-1.0/big', { content: Buffer.alloc(400_000) }), { maxFileBytes: 350_000 }],
    [
      'maxTotalBytes',
      inside('music-1.0/more', { content: Buffer.alloc(400_000) }),
      { maxTotalBytes: 600_000 }
    ],
    ['maxEntries', inside('music-1.0/one-more'), { maxEntries: 5 }],
    ['maxArchiveBytes', inside('music-1.0/x'), { maxArchiveBytes: 1000 }]
  ])('refuses an archive beyond %s before anything is written', async (limit, member, limits) => {
    const { folder, from, out } = await archiveFile(zipOf([...published, member]))
    const error = await failure(fetchDataset(source, { out, from, limits }))
    expect(error).toBeInstanceOf(ArchiveLimitError)
    expect(error).toMatchObject({ limit })
    expect(await readdir(folder)).toEqual(['a.zip'])
  })

  test('refuses a file that grows beyond the size it claims', async () => {
    const bomb = inside('music-1.0/data/bomb.mid', {
      content: Buffer.alloc(5_000_000),
      isDeflated: true,
      claimedSize: 1000
    })
    const { folder, from, out } = await archiveFile(zipOf([...published, bomb]))
    const error = await failure(fetchDataset(source, { out, from }))
    expect(error).toBeInstanceOf(BadArchiveError)
    expect((error as Error).message).toContain('too many bytes in the stream')
    expect(await readdir(folder)).toEqual(['a.zip'])
  })

  test.each([
    [
      'no archive',
      Buffer.from('<html>Rate limit exceeded</html>'),
      /expected a zip archive: .*central directory/i
    ],
    ['an empty file', Buffer.alloc(0), /expected a zip archive/],
    ['half an archive', archive.subarray(0, archive.length / 2), /expected a zip archive/],
    [
      'an encrypted one',
      zipOf(published.map(file => ({ ...file, isEncrypted: true }))),
      /expected a zip archive/
    ],
    [
      'a file in place of a folder',
      zipOf([...published, inside('music-1.0/data/midi/a.mid/b.mid')]),
      /expected a zip archive: E/
    ]
  ])('refuses %s', async (_, content, message) => {
    const { folder, from, out } = await archiveFile(content)
    const error = await failure(fetchDataset(source, { out, from }))
    expect(error).toBeInstanceOf(BadArchiveError)
    expect((error as Error).message).toMatch(message)
    expect(await readdir(folder)).toEqual(['a.zip'])
  })
})

describe('datasetSource', () => {
  test('knows the published data sets by name and version', () => {
    expect(datasetSource('vgmidi').version).toBe('0.1')
    expect(datasetSource('vgmidi', '0.2').url).toContain('/0.2.zip')
    expect(() => datasetSource('vgm')).toThrow(
      'datasetSource: name expected one of vgmidi, vgmidi-4q, got "vgm"'
    )
    expect(() => datasetSource('vgmidi', '9')).toThrow(
      'datasetSource: version expected one of 0.1, 0.2, got "9"'
    )
  })
})
