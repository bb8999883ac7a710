import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as encoding from '@vgm/encoding'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { UnreadableScoreError } from '../errors.js'
import { readScore } from '../loaders/read-score.js'
import { inspectFiles } from './encode-task.js'
import { openPool } from './pool.js'

vi.mock('@vgm/encoding', async original => ({ ...(await original<typeof encoding>()) }))
afterEach(() => {
  vi.restoreAllMocks()
})

async function folderWith(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-task-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await writeFile(join(folder, name), content)
  return folder
}

test('a file is at fault where the reader or the file system says so', async () => {
  const folder = await folderWith('bad.mid', 'no MIDI')
  const files = [join(folder, 'bad.mid'), join(folder, 'none.mid'), folder]
  expect(await inspectFiles(encoding.words, { files, reading: {} })).toEqual([
    { reason: expect.stringMatching(/^not a MIDI file: .*byte/) },
    { reason: 'no such file' },
    { reason: expect.stringContaining('EISDIR') }
  ])
})

test('a fault of the code is no bad file', async () => {
  const folder = await folderWith('fine.mid', 'never read')
  const path = join(folder, 'fine.mid')
  const bug = new TypeError('undefined is not a function')
  vi.spyOn(encoding, 'parseMidi').mockImplementation(() => {
    throw bug
  })
  const broken = {
    encode() {
      throw bug
    }
  }
  await expect(inspectFiles(broken, { files: [path], reading: {} })).rejects.toBe(bug)
  await expect(readScore({ path })).rejects.toBe(bug)
})

test('a file that was changed after it was inspected is named', async () => {
  const folder = await folderWith('bad.mid', 'no MIDI any more')
  const variants = [{ file: join(folder, 'bad.mid'), semitones: 0, tempoFactor: 1 }]
  const encoded = openPool(0, encoding.words).encodeVariants({ variants, reading: {} })
  await expect(encoded).rejects.toThrow(UnreadableScoreError)
  await expect(encoded).rejects.toThrow(/bad\.mid: .*expected "MThd"/)
})
