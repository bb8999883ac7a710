import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createRandom } from '@vgm/base'
import { openShards, readMusic } from '@vgm/dataset/node'
import { encode, words as tokenizer, toText, writeMidi } from '@vgm/encoding'
import type { TrainingData } from '@vgm/nn'
import { beforeEach, expect, test } from 'vitest'
import { midiFile, writeModel } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

/** A file with two meta events of odd length in its first track: a sequence number and a key, neither of any byte. */
function oddFile(): Uint8Array {
  const bytes = Buffer.from(midiFile(0))
  const header = bytes.subarray(0, 14)
  const odd = Buffer.from('00ff000000ff5900', 'hex')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.readUInt32BE(18) + odd.length)
  return Buffer.concat([header, bytes.subarray(14, 18), length, odd, bytes.subarray(22)])
}

const repaired = 'read with 2 repairs: 2 meta events of odd length (--strict refuses it)'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await mkdir(join(cwd, 'music'))
  await writeFile(join(cwd, 'music/odd.mid'), oddFile())
  await writeModel(join(cwd, 'model'))
})

const commands: [string, string[]][] = [
  ['encode', ['encode', 'music']],
  ['label', ['label', 'music']],
  ['analyze', ['analyze', 'music']],
  ['evaluate', ['evaluate', 'model', 'music', '--engine', 'cpu']],
  [
    'train',
    [
      'train',
      'music',
      '--out',
      'new',
      '--units',
      '4',
      '--embedding',
      '4',
      '--epochs',
      '1',
      '--batch',
      '1',
      '--window',
      '16',
      '--engine',
      'cpu'
    ]
  ],
  ['dataset stats', ['dataset', 'stats', 'music']],
  ['dataset encode', ['dataset', 'encode', 'music', '--out', 'shards', '--threads', '1']]
]

test.each(commands)('%s tells in one line what it repaired', async (_, args) => {
  const { stderr } = await done(args, { cwd })
  expect(stderr.split('\n').filter(line => line.includes('repair'))).toEqual([`music/odd.mid: ${repaired}`])
})

test.each(commands)('%s --strict refuses a damaged file, and --max-bytes a large one', async (_, args) => {
  const [strict, small] = await Promise.all([
    vgm([...args, '--strict'], { cwd }),
    vgm([...args, '--max-bytes', '100'], { cwd })
  ])
  expect([strict.code, small.code]).toEqual(args[1] === 'stats' ? [0, 0] : [1, 1])
  expect(strict.stderr).toMatch(/music\/odd\.mid: .*at byte 23/)
  expect(small.stderr).toMatch(/music\/odd\.mid: .*(--max-bytes|maxBytes) allows 100/)
  expect(strict.stderr).not.toContain('read with')
})

/** Eight quarters at 320 bpm, released a little early, after two empty bars. */
function quickFile(): Uint8Array {
  const notes = Array.from({ length: 8 }, (_, k) => ({
    pitch: 60 + k,
    velocity: 64,
    startTick: 3840 + 480 * k,
    durationTicks: 420,
    channel: 0,
    program: 0
  }))
  const tempos = [{ tick: 0, tempoBpm: 320 }]
  return writeMidi({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })
}

test('encode can leave out empty bars, keep a quick tempo, and round to written durations', async () => {
  await writeFile(join(cwd, 'quick.mid'), quickFile())
  const words = async (...args: string[]) => {
    const { stdout, stderr } = await done(['encode', 'quick.mid', ...args], { cwd })
    return { words: stdout.split(' '), stderr }
  }
  const plain = await words()
  expect(plain.words.slice(0, 33)).toEqual(['t_160', ...Array(32).fill('.')])
  expect(plain.stderr).toBe('quick.mid: 1 tempo outside 24 to 160 bpm clamped (--tempo fit keeps the time)\n')
  expect(plain.words.slice(33, 36)).toEqual(['v_64', 'd_eighth_2', 'n_60'])
  const trimmed = await words('--trim-start', '--durations', 'written')
  expect(trimmed.words.slice(0, 8)).toEqual(['t_160', 'v_64', 'd_quarter_0', 'n_60', '.', '.', '.', '.'])
  const fitted = await words('--trim-start', '--durations', 'written', '--tempo', 'fit')
  expect(fitted.words.slice(0, 7)).toEqual(['t_160', 'v_64', 'd_eighth_0', 'n_60', '.', '.', 'n_61'])
  expect(fitted.stderr).toBe('')
})

test('training sets begin with their first note', async () => {
  await rm(join(cwd, 'music/odd.mid'))
  await writeFile(join(cwd, 'music/quick.mid'), quickFile())
  const reading = { trimStart: true, tempo: 'fit', durations: 'written' } as const
  const expected = encode(quickFile(), reading)
  const options = ['--tempo', 'fit', '--durations', 'written']
  await done(['dataset', 'encode', 'music', '--out', 'shards', ...options], { cwd })
  const shard = await (await openShards(join(cwd, 'shards')))!.shard(0)
  expect([...shard.piece(0)]).toEqual([...expected])
  const { data } = await readMusic(join(cwd, 'music'), { tokenizer, transpose: null, reading })
  expect([...((data as TrainingData).piece(0, createRandom(1)) as Uint16Array)]).toEqual([...expected])
  const evaluated = await done(['evaluate', 'model', 'music', '--engine', 'cpu', '--json', ...options], {
    cwd
  })
  expect(JSON.parse(evaluated.stdout).words).toBe(expected.length)
})

test('a prime is repaired and begins with its first bar of music, or is refused', async () => {
  await writeFile(join(cwd, 'quick.mid'), quickFile())
  const generate = ['generate', '--model', 'model', '--engine', 'cpu', '--words', '20', '--seed', '1']
  await done([...generate, '--prime', 'quick.mid', '--out', 'a.mid'], { cwd })
  const prime = (await done(['encode', 'quick.mid', '--trim-start'], { cwd })).stdout
  const composed = (await done(['encode', 'a.mid'], { cwd })).stdout
  expect(composed.slice(0, 60)).toBe(prime.slice(0, 60))
  const odd = await vgm([...generate, '--prime', 'music/odd.mid', '--strict', '--out', 'b.mid'], { cwd })
  expect(odd).toMatchObject({ code: 1, stderr: expect.stringMatching(/^vgm: music\/odd\.mid: .*at byte 23/) })
  const repairedPrime = await done([...generate, '--prime', 'music/odd.mid', '--out', 'c.mid'], { cwd })
  expect(repairedPrime.stderr).toContain(`music/odd.mid: ${repaired}\n`)
})

test('the repaired file is the sound one', async () => {
  const { stdout } = await done(['encode', 'music/odd.mid'], { cwd })
  expect(stdout).toBe(toText(encode(midiFile(0))))
})
