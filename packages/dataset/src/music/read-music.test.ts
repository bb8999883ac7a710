import { join } from 'node:path'
import { createRandom, InvalidOptionError } from '@vgm/base'
import * as encoding from '@vgm/encoding'
import { augment, augmentationTempoFactors, encode, parseMidi, words, writeMidi } from '@vgm/encoding'
import { afterEach, expect, test, vi } from 'vitest'
import { scoreOf } from '../../test/midi-file.js'
import { folderOf } from '../../test/temporary-folder.js'
import { NoMidiFilesError, NothingReadError, UnreadableScoreError } from '../errors.js'
import { encodeShards } from '../shards/encode-shards.js'
import { findMidiFiles, readEach } from './midi-sources.js'
import { readMusic } from './read-music.js'
import { readPieces } from './read-pieces.js'

vi.mock('@vgm/encoding', async original => ({ ...(await original<typeof encoding>()) }))
afterEach(() => {
  vi.restoreAllMocks()
})

const tokenizer = words
const [low, high] = [writeMidi(scoreOf([48, 50, 52])), writeMidi(scoreOf([72, 74], 400))]
const files = {
  'music/a.mid': low,
  'music/more/b.KAR': high,
  'music/bad.rmi': 'no MIDI',
  'music/notes.txt': 'text',
  'broken/bad.mid': 'no MIDI',
  'empty/notes.txt': 'text'
}
const reason = 'not a MIDI file: expected "MThd", got "no M" at byte 0'

test('the pieces of a folder come with what was skipped, repaired and passed over', async () => {
  const folder = await folderOf(files)
  const at = (name: string) => join(folder, name)
  const skipped: string[] = []
  const warned: [string, number][] = []
  const passedOver: [string, number][] = []
  const progress: string[] = []
  const pieces = await readPieces(at('music'), {
    tokenizer,
    onSkip: ({ message }) => skipped.push(message),
    onWarnings: (file, warnings) => warned.push([file, warnings.length]),
    onPassedOver: (...args) => passedOver.push(args),
    onProgress: ({ done, total, unit }) => progress.push(`${done} of ${total} ${unit}`)
  })
  expect(pieces.map(({ file }) => file)).toEqual([at('music/a.mid'), at('music/more/b.KAR')])
  expect(pieces.map(({ ids }) => ids)).toEqual([encode(low), encode(high)])
  expect(skipped).toEqual([`${at('music/bad.rmi')}: ${reason}`])
  expect(warned).toEqual([[at('music/more/b.KAR'), 1]])
  expect(passedOver).toEqual([[at('music'), 1]])
  expect(progress).toEqual(['1 of 3 files', '2 of 3 files', '3 of 3 files'])
})

test('folders without music are refused, and those that are not there', async () => {
  const folder = await folderOf(files)
  const read = (name: string) => readPieces(join(folder, name), { tokenizer })
  await expect(read('empty')).rejects.toThrow(NoMidiFilesError)
  await expect(read('broken')).rejects.toThrow(NothingReadError)
  await expect(read('none')).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a bug is no bad file: it ends the reading, and the error names the file', async () => {
  const folder = await folderOf(files)
  vi.spyOn(encoding, 'parseMidi').mockImplementation(() => {
    throw new TypeError('undefined is not a function')
  })
  await expect(readPieces(join(folder, 'music'), { tokenizer })).rejects.toThrow(
    `internal: ${join(folder, 'music/a.mid')}: TypeError: undefined is not a function`
  )
})

test('of several paths the good ones are read; named files and whole folders that are not are missed', async () => {
  const folder = await folderOf(files)
  const missed: string[] = []
  const skipped: Error[] = []
  const sources = await findMidiFiles(
    ['broken/bad.mid', 'music/a.mid', 'empty'].map(name => join(folder, name))
  )
  const each = readEach(sources, {
    read: async file => {
      if (file.includes('bad')) throw new UnreadableScoreError(file, 'bad')
      return file
    },
    onSkip: problem => skipped.push(problem),
    onMiss: path => missed.push(path)
  })
  const read: string[] = []
  for await (const file of each) read.push(file)
  expect(read).toEqual([join(folder, 'music/a.mid')])
  expect(missed).toEqual(['broken/bad.mid', 'empty'].map(name => join(folder, name)))
  expect(skipped.map(({ name }) => name)).toEqual(['UnreadableScoreError', 'NoMidiFilesError'])
})

test('training music is transposed and stretched by chance, and validation music is not', async () => {
  const folder = await folderOf({ 'train/a.mid': low, 'valid/b.mid': high })
  const options = { tokenizer, validation: join(folder, 'valid') }
  const { name, data, words, semitones, augmentation, validation } = await readMusic(
    join(folder, 'train/'),
    options
  )
  expect({ name, words, semitones }).toEqual({ name: 'train', words: encode(low).length, semitones: 4 })
  expect(augmentation).toBe('transposed by −4 to +4 semitones, tempo × 0.95 to 1.05, anew per epoch')
  expect(validation?.pieces).toEqual([encode(high)])
  if ('shard' in data) throw new Error('expected no shards')
  const random = createRandom(7)
  const known = createRandom(7)
  for (let k = 0; k < 5; k++) {
    const transposed = known.below(9) - 4
    const tempoFactor = augmentationTempoFactors[known.below(augmentationTempoFactors.length)]!
    const varied = augment(parseMidi(low), { semitones: transposed, tempoFactor })
    expect(data.piece(0, random)).toEqual(encode(varied))
  }

  const plain = await readMusic(join(folder, 'train'), { tokenizer, transpose: null })
  if ('shard' in plain.data) throw new Error('expected no shards')
  expect(plain.data.piece(0, random)).toEqual(encode(low))
  expect(plain).toMatchObject({ semitones: null, augmentation: 'none', validation: undefined })
  expect((await readMusic(join(folder, 'valid'), { tokenizer })).digest).not.toBe(plain.digest)
})

test('shards are read as they are', async () => {
  const folder = await folderOf({ 'music/a.mid': low })
  const shards = join(folder, 'shards')
  const augmentation = { transpositions: [0, 1], tempoFactors: [1] }
  const from = [join(folder, 'music/a.mid')]
  await encodeShards(from, shards, { tokenizer, threads: 0, shards: 2, ...augmentation })
  const music = await readMusic(shards, { tokenizer })
  expect(music).toMatchObject({ data: { size: 2, shards: 2 }, semitones: null })
  expect(music.augmentation).toBe('every transposition of 0, 1 semitones with every tempo × 1')
  await expect(readMusic(shards, { tokenizer, transpose: 2 })).rejects.toThrow(InvalidOptionError)
})
