import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type ArchiveServer, archiveServer } from '../../dataset/test/archive-server.js'
import { dataFolder, missingData } from '../../dataset/test/vgm-data.js'
import { zipOf } from '../../dataset/test/zip.js'
import { temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
})

/** An archive that is none of VGMIDI; longer than what a connection delivers at once. */
const archive = zipOf([{ path: 'vgmidi-0.1/unlabelled/train/a.mid', content: Buffer.alloc(400_000, 1) }])

const fetch = (...args: string[]) => vgm(['dataset', 'fetch', 'vgmidi', ...args], { cwd })

/** A fetch that is interfered with once its first bytes are on the disk. */
async function disturbed(server: ArchiveServer, disturb: (kill: () => void) => void) {
  let kill = () => {}
  const ended = vgm(['dataset', 'fetch', 'vgmidi', '--url', server.url], {
    cwd,
    meanwhile: child => {
      kill = () => child.kill('SIGINT')
    }
  })
  await expect
    .poll(() => readFile(join(cwd, 'vgmidi-0.1.part/archive.zip')).then(bytes => bytes.length), {
      timeout: 60_000
    })
    .toBe(100_000)
  disturb(kill)
  return ended
}

describe('vgm dataset fetch', () => {
  test('unpacks an archive that is whole, once', async ({ skip }) => {
    const missing = missingData('vgmidi-0.1')
    if (missing) skip(missing)
    const data = dataFolder('vgmidi-0.1')
    const entries = await readdir(data, { recursive: true, withFileTypes: true })
    const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
    const members = await Promise.all(
      files.map(async file => ({
        path: `vgmidi-0.1${file.slice(data.length)}`,
        content: await readFile(file)
      }))
    )
    await writeFile(join(cwd, 'a.zip'), zipOf([...members, { path: 'vgmidi-0.1/README.md', content: 'x' }]))
    expect(await fetch('--from', 'a.zip')).toMatchObject({
      code: 0,
      stdout: 'wrote vgmidi-0.1: vgmidi 0.1, 2010 files, all as published\n'
    })
    expect(await readdir(cwd)).toEqual(['a.zip', 'vgmidi-0.1'])
    const again = await fetch('--from', 'a.zip', '--json')
    expect(JSON.parse(again.stdout)).toEqual({
      name: 'vgmidi',
      version: '0.1',
      folder: 'vgmidi-0.1',
      files: 2010
    })
  }, 300_000)

  test('goes on with a download that was cut, and leaves nothing of what is not VGMIDI', async () => {
    const etag = '"v1"'
    const server = await archiveServer(
      { archive, etag, stallAfter: 100_000 },
      { archive, etag, hasRanges: true }
    )
    const cut = await disturbed(server, () => server.cut())
    expect(cut).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `vgm: ${server.url}: the connection ended after 100000 of ${archive.length} bytes; the same call goes on from there\n`
    })
    expect(await readdir(cwd)).toEqual(['vgmidi-0.1.part'])

    const { code, stderr } = await fetch('--url', server.url)
    expect(server.requests[1]).toMatchObject({ range: 'bytes=100000-' })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^vgm: .*: vgmidi 0\.1: the 1 files \(2010 published\): expected SHA-256 291b\w+, got \w+\n$/
      )
    })
    expect(await readdir(cwd)).toEqual([])
  })

  test('Ctrl-C leaves what was downloaded for the next time', async () => {
    const server = await archiveServer({ archive, etag: '"v1"', stallAfter: 100_000 })
    expect(await disturbed(server, kill => kill())).toMatchObject({
      code: 130,
      stderr: 'vgm: stopped; the same command goes on with vgmidi-0.1.part\n'
    })
    expect(await readdir(cwd)).toEqual(['vgmidi-0.1.part'])
  })

  test('refuses an archive with another checksum', async () => {
    await writeFile(join(cwd, 'a.zip'), archive)
    const expected = 'ab'.repeat(32)
    const actual = createHash('sha256').update(archive).digest('hex')
    expect(await fetch('--from', 'a.zip', '--sha256', expected)).toMatchObject({
      code: 1,
      stderr: `vgm: a.zip: expected SHA-256 ${expected}, got ${actual}\n`
    })
    expect(await readdir(cwd)).toEqual(['a.zip'])
  })

  test('refuses an archive that writes elsewhere', async () => {
    await writeFile(join(cwd, 'a.zip'), zipOf([{ path: '../../evil.mid', content: 'x' }]))
    expect(await fetch('--from', 'a.zip')).toMatchObject({
      code: 1,
      stderr: 'vgm: a.zip: entry "../../evil.mid" leads out of its folder; nothing was unpacked\n'
    })
    expect(await readdir(cwd)).toEqual(['a.zip'])
  })

  test('says what the server answers', async () => {
    const { url } = await archiveServer({ archive, status: 404 })
    expect(await fetch('--url', url)).toMatchObject({
      code: 1,
      stderr: `vgm: ${url}: expected an archive, got 404 Not Found\n`
    })
    expect(await readdir(cwd)).toEqual([])
  })

  test.each([
    [['--release', '7'], 2, 'version expected one of 0.1, 0.2, got "7"'],
    [['--url', 'nowhere'], 2, 'url expected an http or https address, got "nowhere"'],
    [['--from', 'none.zip'], 1, 'none.zip: expected an archive, found none']
  ])('refuses %j', async (args, code, message) => {
    const ended = await fetch(...args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain(message)
    expect(ended.stderr.split('\n')).toHaveLength(2)
    expect(await readdir(cwd)).toEqual([])
  })
})
