import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { CommandError } from '../terminal/errors.js'
import { describePiece, writePieces } from './write-pieces.js'

const content = { seconds: 340.2, bars: 142, notes: 1208 }

test.each([
  [{ ...content, key: 'E minor' }, 7, '5 min 40 s of music, 1208 notes in 142 bars, in E minor, seed 7'],
  [
    { ...content, key: 'E minor', transposed: 1 },
    undefined,
    '5 min 40 s of music, 1208 notes in 142 bars, in E minor (moved up 1 semitone)'
  ],
  [
    { ...content, transposed: -5 },
    undefined,
    '5 min 40 s of music, 1208 notes in 142 bars, moved down 5 semitones'
  ],
  [
    { ...content, isCut: true, newFromBar: 17 },
    7,
    '5 min 40 s of music, 1208 notes in 142 bars, new from bar 17 on, seed 7, cut, since the model did not end it'
  ],
  [{ seconds: 0.5, bars: 1, notes: 1 }, undefined, '0.5 s of music, 1 note in 1 bar'],
  [{ ...content, seconds: 59.97 }, undefined, '1 min 0 s of music, 1208 notes in 142 bars']
] as const)('%j is described', (piece, seed, text) => {
  expect(describePiece(piece, seed)).toBe(text)
})

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
