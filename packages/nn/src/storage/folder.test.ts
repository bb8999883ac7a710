import fs from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { freshModel } from '../../test/models.js'
import { tinyTransformer } from '../../test/tiny-transformer.js'
import { ModelFormatError } from '../errors.js'
import { folder, writeFiles } from './folder.js'
import { loadModel, modelFiles } from './model.js'

const known = { architectures: [tinyTransformer] }

let path: string
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'model-'))
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(path, { recursive: true })
})

test('a model is written to a folder that is not there yet, and read again', async () => {
  const model = freshModel(5)
  const deep = join(path, 'a', 'b')
  await writeFiles(deep, modelFiles(model, 'F32'))
  expect(await loadModel(folder(deep), known)).toMatchObject(model)
  await writeFiles(deep, { 'notes.txt': 'größer\n' })
  expect(await readFile(join(deep, 'notes.txt'), 'utf8')).toBe('größer\n')
  expect((await readdir(deep)).sort()).toEqual(['model.json', 'notes.txt', 'weights.safetensors'])
})

test.runIf(fs.existsSync('/proc/self'))(
  'a folder that the file system refuses is an error, not a wait',
  async () => {
    await expect(writeFiles('/proc/model', { 'a.txt': 'a' })).rejects.toMatchObject({ code: 'ENOENT' })
  }
)

test('only the part of a buffer that is given is written', async () => {
  await writeFiles(path, { 'a.bin': Uint8Array.of(1, 2, 3, 4, 5).subarray(1, 3) })
  expect([...(await folder(path).read('a.bin'))]).toEqual([2, 3])
})

test('a file that is missing or no file is refused by its path', async () => {
  const file = join(path, 'model.json')
  await expect(loadModel(folder(path), known)).rejects.toThrow(new ModelFormatError(file, 'not found'))
  await mkdir(file)
  await expect(loadModel(folder(path), known)).rejects.toThrow(`${file}: cannot be read (EISDIR)`)
})

test('a write that fails half-way leaves the old file whole, and nothing beside it', async () => {
  await writeFiles(path, { 'model.json': 'the old content' })
  const write = fs.writeSync
  vi.spyOn(fs, 'writeSync').mockImplementation((file: number, data: unknown) => {
    write(file, Buffer.from(data as string).subarray(0, 4))
    throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  })
  await expect(writeFiles(path, { 'model.json': 'the new content' })).rejects.toThrow('no space left')
  vi.restoreAllMocks()
  expect(await readFile(join(path, 'model.json'), 'utf8')).toBe('the old content')
  expect(await readdir(path)).toEqual(['model.json'])
  await writeFiles(path, { 'model.json': 'the new content' })
  expect(await readFile(join(path, 'model.json'), 'utf8')).toBe('the new content')
})
