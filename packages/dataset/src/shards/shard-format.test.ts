import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InvalidOptionError } from '@vgm/base'
import { expect, onTestFinished, test } from 'vitest'
import { DamagedShardError, InvalidIdError } from './errors.js'
import { readShard, shardHeader, shardIndex } from './shard-format.js'
import { writeShard } from './write-shard.js'

const hash = `sha256:${'0123456789abcdef'.repeat(4)}`

/** The bytes of a shard of these pieces. */
async function shardOf(size: number, pieces: readonly (readonly number[])[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-shard-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'shard.bin')
  async function* groups() {
    for (const ids of pieces) yield { ids: Uint16Array.from(ids), lengths: [ids.length] }
  }
  await writeShard(file, { hash, size }, groups(), { count: () => {}, signal: undefined })
  return readFile(file)
}

test.each([
  [225, [[0, 224], [], [7]], 48 + 3 + 16],
  [256, [[255]], 48 + 1 + 8],
  [413, [[412, 0, 255], [256]], 48 + 2 * 4 + 12],
  [65536, [[65535, 1]], 48 + 2 * 2 + 8]
])('keeps every id of a vocabulary of %i words', async (size, pieces, bytes) => {
  const file = await shardOf(size, pieces)
  expect(file).toHaveLength(bytes)
  // One byte further on, where no 16-bit number begins in memory.
  const shifted = Buffer.concat([Buffer.of(0), file]).subarray(1)
  for (const each of [file, shifted]) {
    const shard = readShard(each, 'shard.bin')
    expect(shard).toMatchObject({ size: pieces.length, words: pieces.flat().length, vocabularyHash: hash })
    expect(pieces.map((_, index) => Array.from(shard.piece(index)))).toEqual(pieces)
  }
})

test('refuses an id that the vocabulary does not have, and a vocabulary beyond two bytes', async () => {
  await expect(shardOf(225, [[224], [225]])).rejects.toThrow(InvalidIdError)
  await expect(shardOf(225, [[224], [225]])).rejects.toThrow('id expected an integer from 0 to 224, got 225')
  await expect(shardOf(65537, [[1]])).rejects.toThrow(InvalidOptionError)
})

test('reads version 1: a byte per id from byte 44 on', () => {
  const header = shardHeader({ hash, size: 225 }).subarray(0, 44)
  header[8] = 1
  const file = Buffer.concat([header, Uint8Array.of(5, 6, 224, 9), shardIndex([3, 1])])
  const shard = readShard(file, 'old.bin')
  expect(shard).toMatchObject({ size: 2, words: 4, vocabularyHash: hash })
  expect([shard.piece(0), shard.piece(1)]).toEqual([Uint8Array.of(5, 6, 224), Uint8Array.of(9)])
})

test('refuses a width that no version has', async () => {
  const file = (await shardOf(225, [[1, 2, 3]])).fill(3, 44, 45)
  expect(() => readShard(file, 'odd.bin')).toThrow(DamagedShardError)
  expect(() => readShard(file, 'odd.bin')).toThrow('odd.bin: expected 1 or 2 bytes per id, got 3')
})
