import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode, toText, toWords } from '@vgm/encoding'
import { beforeEach, describe, expect, test } from 'vitest'
import { midiFile, writeMusic } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(cwd, 2)
})

describe('vgm encode', () => {
  test('prints one line per file, in order', async () => {
    const { stdout } = await done(['encode', '1.mid', '0.mid'], { cwd })
    expect(stdout).toBe(toText(encode(midiFile(1))) + toText(encode(midiFile(0))))
  })

  test('reads folders, and passes over what is no MIDI file', async () => {
    await writeMusic(join(cwd, 'music/more'), 2)
    await rename(join(cwd, 'music/more/1.mid'), join(cwd, 'music/more/1.KAR'))
    await writeFile(join(cwd, 'music/cover.png'), 'x')
    const { stdout, stderr } = await done(['encode', 'music', '0.mid'], { cwd })
    const [first, second] = [0, 1].map(index => toText(encode(midiFile(index))))
    expect(stdout).toBe(`${first}${second}${first}`)
    expect(stderr).toBe('music: 1 other file passed over\n')
  })

  test('encodes the good files; the exit code is 1 if a bad one was named', async () => {
    await writeFile(join(cwd, 'bad.mid'), 'no MIDI')
    const reason = 'bad.mid: not a MIDI file: expected "MThd", got "no M" at byte 0'
    expect(await vgm(['encode', 'bad.mid', '0.mid', '--out', 'a.txt'], { cwd })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `skipped ${reason}\nvgm: bad.mid could not be encoded; the others were\n`
    })
    expect(await readFile(join(cwd, 'a.txt'), 'utf8')).toBe(toText(encode(midiFile(0))))
    const alone = await vgm(['encode', 'bad.mid', '--out', 'b.txt'], { cwd })
    expect(alone).toMatchObject({ code: 1, stderr: `vgm: ${reason}\n` })
    expect(await readdir(cwd)).not.toContain('b.txt')
  })

  test('reads standard input and writes a file', async () => {
    await done(['encode', '-', '--out', 'a.txt'], { cwd, input: midiFile(0) })
    expect(await readFile(join(cwd, 'a.txt'), 'utf8')).toBe(toText(encode(midiFile(0))))
  })

  test('--ids prints numbers, --json both forms as data', async () => {
    const ids = encode(midiFile(0))
    const run = async (...args: string[]) => (await done(['encode', '0.mid', ...args], { cwd })).stdout
    expect(await run('--ids')).toBe(`${ids.join(' ')}\n`)
    expect(JSON.parse(await run('--ids', '--json'))).toEqual([{ file: '0.mid', ids: [...ids] }])
    expect(JSON.parse(await run('--json'))).toEqual([{ file: '0.mid', words: toWords(ids) }])
  })

  test('--percussion keeps the notes of channel 10, without which a drum file has none', async () => {
    const drums = midiFile(0).map(byte => (byte === 0x90 || byte === 0x80 || byte === 0xc0 ? byte | 9 : byte))
    const { code, stderr } = await vgm(['encode', '-'], { input: drums })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'vgm: standard input: only percussion: 24 notes, which --percussion keeps\n'
    })
    const { stdout } = await done(['encode', '-', '--percussion'], { input: drums })
    expect(stdout).toBe(toText(encode(midiFile(0))))
  })

  test('ends quietly when its reader has enough', async () => {
    const files = Array.from({ length: 1000 }, () => '0.mid')
    const { code, stderr } = await vgm(['encode', ...files], {
      cwd,
      meanwhile: child => child.stdout.once('data', () => child.stdout.destroy())
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})

describe('vgm decode', () => {
  test('gives back what encode was given', async () => {
    const text = (await done(['encode', '0.mid'], { cwd })).stdout
    const { stdout } = await done(['decode', '-', '--out', 'a.mid'], { cwd, input: text })
    expect(stdout).toBe('wrote a.mid: 3.4 s of music, 24 notes in 2 bars, in Eb minor\n') // 27 steps of 0.125 s
    expect((await done(['encode', 'a.mid'], { cwd })).stdout).toBe(text)
  })

  test('--out - writes the bytes, and the report to standard error', async () => {
    const input = 't_120 v_80 d_quarter_0 n_60 . . . .'
    const { bytes, stderr } = await done(['decode', '-', '--out', '-'], { input })
    expect(toText(encode(new Uint8Array(bytes)))).toBe(`${input}\n`)
    expect(stderr).toBe('wrote standard output: 0.5 s of music, 1 note in 1 bar\n')
  })

  test('several lines become the files of a folder', async () => {
    const text = (await done(['encode', '0.mid', '1.mid'], { cwd })).stdout
    const { stdout } = await done(['decode', '-', '--out', 'pieces', '--json'], { cwd, input: text })
    expect(await readdir(join(cwd, 'pieces'))).toEqual(['piece-1.mid', 'piece-2.mid'])
    expect(JSON.parse(stdout).pieces).toMatchObject([
      { file: 'pieces/piece-1.mid', seconds: 3.375, notes: 24 },
      { file: 'pieces/piece-2.mid', notes: 24 }
    ])
  })

  test.each([
    [
      'a word that does not exist',
      't_120 v_64 d_quarter_0 n_60 . . . .\n\nt_120 v_6 .',
      [],
      'line 3, word 2: "v_6" is no word of the vocabulary'
    ],
    [
      'a word out of place, if --strict',
      't_120 v_64 n_60 .',
      ['--strict'],
      'line 1, word 3: expected d_, got "n_60"'
    ],
    ['a piece without notes', 't_120 .', [], 'line 1: no notes'],
    ['no piece', '\n', [], 'holds no words']
  ])('refuses %s', async (_, content, flags, message) => {
    await writeFile(join(cwd, 'a.txt'), content)
    const { code, stderr } = await vgm(['decode', 'a.txt', '--out', 'a.mid', ...flags], { cwd })
    expect({ code, stderr }).toEqual({ code: 1, stderr: `vgm: a.txt: ${message}\n` })
    expect(await readdir(cwd)).not.toContain('a.mid')
  })
})
