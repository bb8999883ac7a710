import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { CommandError } from '../terminal/errors.js'
import { writePieces } from './write-pieces.js'

vi.setConfig({ testTimeout: 60_000 }) // the composer is loaded on demand

const content = { seconds: 340.2, bars: 142, notes: 1208 }

test('one piece that is none does not cost the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-pieces-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const printed: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation(text => printed.push(String(text)) > 0)
  onTestFinished(() => write.mockRestore())
  const good = { ...content, midi: Uint8Array.of(1), words: 9 }
  const pieces = [good, { problem: 'no notes came out' }, good, { problem: 'no notes came out' }]
  const files = ['1.mid', '2.mid', '3.mid', '4.mid'].map(name => join(folder, name))
  const written = writePieces(files, pieces, { seed: 7, json: true })
  await expect(written).rejects.toThrow(CommandError)
  await expect(written).rejects.toThrow(`not written: ${files[1]}, ${files[3]}: no notes came out`)
  expect(await readdir(folder)).toEqual(['1.mid', '3.mid'])
  expect(JSON.parse(printed.join(''))).toEqual({
    seed: 7,
    pieces: [files[0], files[2]].map(file => ({ file, ...content, words: 9 })),
    failed: [files[1], files[3]].map(file => ({ file, problem: 'no notes came out' }))
  })
})
