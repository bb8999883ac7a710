import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode, toText } from '@vgm/encoding'
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
  expect(small.stderr).toMatch(/music\/odd\.mid: .*maxBytes.* 100/)
  expect(strict.stderr).not.toContain('read with')
})

test('the repaired file is the sound one', async () => {
  const { stdout } = await done(['encode', 'music/odd.mid'], { cwd })
  expect(stdout).toBe(toText(encode(midiFile(0))))
})
