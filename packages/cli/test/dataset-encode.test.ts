import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openShards } from '@vgm/dataset/node'
import { encode } from '@vgm/encoding'
import { beforeEach, expect, test } from 'vitest'
import { writeMusic } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(join(cwd, 'music'), 4)
})

const encodeMusic = (out: string, ...args: string[]) => ['dataset', 'encode', 'music', '--out', out, ...args]

test('encodes a folder in worker threads: the same shards as without, whatever their number', async () => {
  await writeFile(join(cwd, 'music/bad.mid'), 'no music')
  await writeFile(join(cwd, 'music/notes.txt'), 'no music either')
  const args = ['--augment', '3x5', '--shards', '2', '--seed', '4', '--json']
  const { stdout, stderr } = await done(encodeMusic('threads', ...args, '--threads', '2'), { cwd })
  await done(encodeMusic('none', ...args, '--threads', '0'), { cwd })
  for (const name of await readdir(join(cwd, 'none'))) {
    expect(await readFile(join(cwd, 'threads', name)), name).toEqual(await readFile(join(cwd, 'none', name)))
  }
  const shards = await openShards(join(cwd, 'threads'))
  expect(JSON.parse(stdout)).toEqual({
    out: 'threads',
    shards: 2,
    pieces: 60,
    words: shards!.words,
    files: 4,
    skipped: [{ file: 'music/bad.mid', reason: expect.stringContaining('not a MIDI file: expected "MThd"') }]
  })
  expect(stderr).toContain('music: 1 other file passed over\n')
  expect(stderr).toContain('skipped music/bad.mid: not a MIDI file: expected "MThd"')
  expect(shards!.manifest).toMatchObject({
    transpositions: [-1, 0, 1],
    tempoFactors: [0.95, 0.975, 1, 1.025, 1.05]
  })
})

test('vgm train reads shards as it reads the folder they come from', async () => {
  const { stdout } = await done(encodeMusic('shards'), { cwd })
  const shard = await (await openShards(join(cwd, 'shards')))!.shard(0)
  const words = await Promise.all(
    [0, 1, 2, 3].map(async index => encode(await readFile(join(cwd, `music/${index}.mid`))).length)
  )
  const total = words.reduce((sum, length) => sum + length, 0)
  expect(shard.words).toBe(total)
  expect(stdout).toBe(`wrote shards: 4 pieces, ${total} words, from 4 files; 0 skipped\n`)

  const small = ['--units', '8', '--embedding', '4', '--batch', '2', '--window', '16', '--epochs', '2']
  const train = ['train', 'shards', ...small, '--out', 'model']
  const { stderr } = await done(train, { cwd })
  expect(stderr).toContain(`4 pieces in 1 shard, ${total} words`)
  const { provenance } = JSON.parse(await readFile(join(cwd, 'model/model.json'), 'utf8'))
  expect(provenance).toMatchObject({
    data: { training: 'shards', pieces: 4, words: total },
    augmentation: 'every transposition of 0 semitones with every tempo × 1'
  })
  const again = await vgm([...train, '--transpose', '2', '--resume'], { cwd })
  expect(again).toMatchObject({
    code: 2,
    stderr: 'vgm: shards: shards hold their variants already; leave out --transpose\n'
  })
})

test('Ctrl-C keeps complete shards, and --resume ends in the same ones', async () => {
  const args = ['--augment', '25x33', '--shards', '9', '--threads', '1']
  const stopped = await vgm(encodeMusic('parts', ...args), {
    cwd,
    meanwhile: child => {
      const watch = setInterval(async () => {
        const names: string[] = await readdir(join(cwd, 'parts')).catch(() => [])
        // Looks may overlap; a second signal would end the process at once.
        if (child.killed || !names.includes('shard-0001.bin')) return
        clearInterval(watch)
        child.kill('SIGINT')
      }, 5)
    }
  })
  expect(stopped.code).toBe(130)
  expect(stopped.stderr).toMatch(
    /vgm: stopped; \d of 9 shards are written, and the same command with --resume goes on from there\n$/
  )
  const names = await readdir(join(cwd, 'parts'))
  expect(names.filter(name => !/^(shard-\d{4}\.bin|shards\.json)$/.test(name))).toEqual([])
  expect(names.length).toBeLessThan(10)
  expect(await vgm(['train', 'parts', '--out', 'model'], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^vgm: parts: \d of 9 shards are not written yet/)
  })

  await done(encodeMusic('parts', ...args, '--resume'), { cwd })
  await done(encodeMusic('whole', ...args), { cwd })
  expect(Object.values(await contentOf(join(cwd, 'parts')))).toEqual(
    Object.values(await contentOf(join(cwd, 'whole')))
  )
})

test.each([
  ['an even number of variants', ['--augment', '2x5'], 2, /Expected two odd numbers such as 9x5/],
  ['no shards', ['--shards', '0'], 2, /Expected an integer from 1 to 9999/],
  ['more shards than pieces', ['--shards', '5'], 2, /shards expected at most 4, a shard per piece, got 5/],
  ['the folder of the music', ['--out', 'music'], 2, /music: shards go into a folder of their own/],
  ['a misspelt option', ['--shard', '5'], 2, /\(Did you mean --shards\?\)/]
])('%s is refused, and no folder is made', async (_, args, code, message) => {
  const ended = await vgm(encodeMusic('out', ...args), { cwd })
  expect(ended.code).toBe(code)
  expect(ended.stderr).toMatch(message)
  expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(await readdir(cwd)).toEqual(['music'])
})

test('a folder with shards is left as it is, and so is one with nothing to encode', async () => {
  await done(encodeMusic('out'), { cwd })
  await writeFile(join(cwd, 'music/0.mid'), 'no music')
  const before = await contentOf(cwd)
  expect(await vgm(encodeMusic('out'), { cwd })).toMatchObject({
    code: 2,
    stderr: 'vgm: out: holds shards already; go on with --resume, or choose another --out\n'
  })
  expect(await vgm(encodeMusic('out', '--resume'), { cwd })).toMatchObject({
    code: 1,
    stderr: 'vgm: out: its shards were begun with other files\n'
  })
  expect(await contentOf(cwd)).toEqual(before)
})
