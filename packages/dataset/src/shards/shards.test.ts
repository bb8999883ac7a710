import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  augment,
  encode,
  parseMidi,
  type Score,
  type Tokenizer,
  vocabulary,
  words,
  writeMidi
} from '@vgm/encoding'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { encodeShards } from './encode-shards.js'
import { DamagedShardError, NothingToEncodeError, ShardFolderError } from './errors.js'
import { readManifest } from './manifest.js'
import { openShards } from './open-shards.js'

function scoreOf(pitch: number, notes: number): Score {
  return {
    ticksPerQuarter: 480,
    notes: Array.from({ length: notes }, (_, i) => ({
      pitch: pitch + i,
      velocity: 64,
      startTick: i * 240,
      durationTicks: 240,
      channel: 0,
      program: 0
    })),
    tempos: [{ tick: 0, tempoBpm: 100 }],
    timeSignatures: [],
    keySignatures: []
  }
}

let folder: string
let files: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-shards-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  files = []
  for (const [index, pitch] of [50, 60, 70].entries()) {
    files.push(join(folder, `${index}.mid`))
    await writeFile(files[index]!, writeMidi(scoreOf(pitch, 3 + index)))
  }
})

/** Every piece of every shard, as text that can be compared. */
async function piecesOf(out: string): Promise<string[][]> {
  const opened = await openShards(out)
  const shards: string[][] = []
  for (let i = 0; i < opened!.shards; i++) {
    const shard = await opened!.shard(i)
    shards.push(Array.from({ length: shard.size }, (_, piece) => shard.piece(piece).join(' ')))
  }
  return shards
}

const augmentation = { transpositions: [-2, 0, 2], tempoFactors: [0.95, 1.05] }
const settings = { ...augmentation, tokenizer: words, shards: 4, seed: 3, threads: 0 }

describe('encodeShards', () => {
  test('holds every file in every variant once, shuffled over shards of like size', async () => {
    const out = join(folder, 'out')
    const manifest = await encodeShards(files, out, settings)
    const shards = await piecesOf(out)
    expect(shards.map(pieces => pieces.length)).toEqual([4, 5, 4, 5])

    const expected: string[] = []
    for (const file of files) {
      const score = parseMidi(await readFile(file))
      for (const semitones of augmentation.transpositions) {
        for (const tempoFactor of augmentation.tempoFactors) {
          expected.push(encode(augment(score, { semitones, tempoFactor })).join(' '))
        }
      }
    }
    expect(shards.flat()).not.toEqual(expected)
    expect(shards.flat().sort()).toEqual(expected.sort())

    const words = expected.reduce((total, piece) => total + piece.split(' ').length, 0)
    const opened = await openShards(out)
    expect(opened).toMatchObject({ size: 18, shards: 4, words })
    expect(manifest).toEqual(opened!.manifest)
    expect((await opened!.shard(0)).vocabularyHash).toBe(vocabulary.hash)
    expect(await readdir(out)).toEqual([
      'shard-0001.bin',
      'shard-0002.bin',
      'shard-0003.bin',
      'shard-0004.bin',
      'shards.json'
    ])
  })

  test('gives the same files for the same seed, and another order for another', async () => {
    const [first, second, other] = ['a', 'b', 'c'].map(name => join(folder, name)) as [string, string, string]
    await encodeShards(files, first, settings)
    await encodeShards(files, second, settings)
    await encodeShards(files, other, { ...settings, seed: 4 })
    expect(await readFile(join(first, 'shard-0002.bin'))).toEqual(
      await readFile(join(second, 'shard-0002.bin'))
    )
    expect(await piecesOf(other)).not.toEqual(await piecesOf(first))
  })

  test('leaves out what cannot be read, and says why', async () => {
    const bad = join(folder, 'bad.mid')
    await writeFile(bad, 'no MIDI')
    const { skipped, files: good } = await encodeShards([bad, ...files], join(folder, 'out'), settings)
    expect(good).toBe(3)
    expect(skipped).toEqual([{ file: bad, reason: expect.stringMatching(/^not a MIDI file: .*byte/) }])
  })

  test('writes nothing if there is nothing to encode', async () => {
    const out = join(folder, 'out')
    await expect(encodeShards([join(folder, 'none.mid')], out, settings)).rejects.toThrow(
      NothingToEncodeError
    )
    expect(await readdir(folder)).not.toContain('out')
  })

  test('goes on where it was stopped, and comes to the same', async () => {
    const [whole, out] = [join(folder, 'whole'), join(folder, 'out')]
    await encodeShards(files, whole, settings)
    const stop = new AbortController()
    const stopped = encodeShards(files, out, {
      ...settings,
      signal: stop.signal,
      onProgress: ({ unit, done }) => {
        if (unit === 'pieces' && done > 4) stop.abort()
      }
    })
    expect(await stopped.catch((error: unknown) => error)).toBe(stop.signal.reason)
    const { shards } = (await readManifest(out))!
    expect(shards.map(shard => shard !== null)).toEqual([true, true, false, false])
    expect(await readdir(out)).toEqual(['shard-0001.bin', 'shard-0002.bin', 'shards.json'])
    await expect(openShards(out)).rejects.toThrow('2 of 4 shards are not written yet')

    const seen: number[] = []
    const options = { ...settings, resume: true }
    const resumed = await encodeShards(files, out, {
      ...options,
      onProgress: ({ unit, done }) => unit === 'pieces' && seen.push(done)
    })
    expect(seen).toEqual([13, 18])
    expect(resumed.shards.every(shard => shard !== null)).toBe(true)
    expect(await piecesOf(out)).toEqual(await piecesOf(whole))
  })

  test('refuses a folder with other shards', async () => {
    const out = join(folder, 'out')
    await encodeShards(files, out, settings)
    await expect(encodeShards(files, out, settings)).rejects.toThrow('holds shards.json already')
    const resume = { ...settings, resume: true }
    await expect(encodeShards(files, out, { ...resume, seed: 9 })).rejects.toThrow(
      'its shards were begun with other seeds'
    )
    await expect(encodeShards(files.slice(1), out, resume)).rejects.toThrow('begun with other files')
    await expect(encodeShards(files, out, { ...resume, shards: 2 })).rejects.toThrow(
      'begun with other numbers of shards'
    )
  })

  test('encodes as the reading says, and resumes with the same reading only', async () => {
    const bar = { ticksPerQuarter: 480, tempos: [{ tick: 0, tempoBpm: 320 }] }
    const notes = scoreOf(60, 8).notes.map(note => ({ ...note, startTick: note.startTick + 2 * 1920 }))
    await writeFile(files[0]!, writeMidi({ ...scoreOf(60, 8), ...bar, notes }))
    const out = join(folder, 'out')
    const reading = { trimStart: true, tempo: 'fit' } as const
    const warned: string[] = []
    const onWarnings = (file: string) => warned.push(file)
    const only = { tokenizer: words, threads: 0, onWarnings }
    const manifest = await encodeShards(files.slice(0, 1), out, { ...only, reading })
    expect(await piecesOf(out)).toEqual([[encode(await readFile(files[0]!), reading).join(' ')]])
    expect(encode(await readFile(files[0]!), reading).length).toBeLessThan(
      encode(await readFile(files[0]!)).length - 32
    )
    expect(manifest.reading).toEqual({
      trimStart: true,
      durations: 'sounding',
      tempo: 'fit',
      sustain: 'ignore',
      includePercussion: false
    })
    expect(warned).toEqual([])
    await encodeShards(files, join(folder, 'plain'), only)
    expect(warned).toEqual([files[0]])

    const again = { ...only, resume: true }
    expect(await encodeShards(files.slice(0, 1), out, { ...again, reading })).toEqual(manifest)
    await expect(encodeShards(files.slice(0, 1), out, again)).rejects.toThrow(
      'its shards were begun with other ways of reading MIDI files'
    )
  })

  test('takes any tokenizer: ids of its vocabulary, two bytes where it has many words', async () => {
    const wide: Tokenizer = {
      ...words,
      vocabulary: { ...vocabulary, name: 'wide', size: 300, hash: `sha256:${'ab'.repeat(32)}` },
      encode: (source, options) => words.encode(source, options).map(id => id + 75)
    }
    const out = join(folder, 'wide')
    const manifest = await encodeShards(files.slice(0, 1), out, { tokenizer: wide, threads: 2 })
    expect(manifest.vocabulary.name).toBe('wide')
    const ids = encode(await readFile(files[0]!)).map(id => id + 75)
    expect(await piecesOf(out)).toEqual([[ids.join(' ')]])
    const resume = { tokenizer: words, threads: 0, resume: true }
    await expect(encodeShards(files.slice(0, 1), out, resume)).rejects.toThrow('begun with other words')
  })

  test('a manifest that says nothing about the reading is of the usual one', async () => {
    const out = join(folder, 'out')
    const { reading, ...manifest } = await encodeShards(files, out, { tokenizer: words, threads: 0 })
    await writeFile(join(out, 'shards.json'), JSON.stringify({ format: 'vgm-shards-1', ...manifest }))
    expect((await openShards(out))!.manifest).toEqual({ ...manifest, reading })
  })

  test.each([
    [
      { reading: { durations: 'long' as 'written' } },
      'reading.durations expected ("sounding" | "written"), got "long"'
    ],
    [{ shards: 0 }, 'encodeShards: shards expected an integer ≥ 1, got 0'],
    [{ shards: 19 }, 'shards expected at most 18, a shard per piece, got 19'],
    [{ transpositions: [0.5] }, 'transpositions expected different integers, at least one, got "0.5"'],
    [{ tempoFactors: [1, 1] }, 'tempoFactors expected different positive numbers, at least one, got "1, 1"'],
    [{ threads: -1 }, 'threads expected'],
    [{ seed: 1.5 }, 'seed expected']
  ])('refuses %j', async (wrong, message) => {
    await expect(encodeShards(files, join(folder, 'out'), { ...settings, ...wrong })).rejects.toThrow(message)
  })
})

describe('openShards', () => {
  test('knows a folder without shards', async () => {
    expect(await openShards(folder)).toBeUndefined()
  })

  test.each([
    ['a cut file', (bytes: Buffer) => bytes.subarray(0, -9), 'its index does not fit its length'],
    ['an empty file', () => Buffer.alloc(0), 'expected at least 48 bytes, got 0'],
    ['another file', (bytes: Buffer) => Buffer.concat([Buffer.from('X'), bytes]), 'expected to begin with'],
    ['a later version', (bytes: Buffer) => bytes.fill(3, 8, 9), 'expected version 1 or 2, got 3'],
    [
      'another vocabulary',
      (bytes: Buffer) => bytes.fill(0, 12, 44),
      'is not the one that shards.json describes'
    ]
  ])('refuses %s', async (_, damage, message) => {
    const out = join(folder, 'out')
    await encodeShards(files, out, { tokenizer: words, threads: 0 })
    const file = join(out, 'shard-0001.bin')
    await writeFile(file, damage(await readFile(file)))
    const opened = await openShards(out)
    await expect(opened!.shard(0)).rejects.toThrow(DamagedShardError)
    await expect(opened!.shard(0)).rejects.toThrow(message)
  })

  test('refuses a damaged manifest', async () => {
    const out = join(folder, 'out')
    await encodeShards(files, out, { tokenizer: words, threads: 0 })
    await writeFile(join(out, 'shards.json'), '{"format":"vgm-shards-1"}')
    await expect(openShards(out)).rejects.toThrow(ShardFolderError)
    await expect(openShards(out)).rejects.toThrow(/shards\.json: vocabulary/)
  })
})
