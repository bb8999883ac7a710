import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as encoding from '@vgm/encoding'
import { writeMidi } from '@vgm/encoding'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { InternalError, isExpected, problemOf } from '../terminal/errors.js'
import { findMidiFiles, readAll, requireNoMiss } from './midi-sources.js'
import { readPiece, readPieces } from './music.js'

vi.mock('@vgm/encoding', async original => ({ ...(await original<typeof encoding>()) }))
afterEach(() => {
  vi.restoreAllMocks()
})

const tune = writeMidi({
  ticksPerQuarter: 480,
  notes: [{ pitch: 60, velocity: 64, startTick: 0, durationTicks: 480, channel: 0, program: 0 }],
  tempos: [{ tick: 0, tempoBpm: 120 }],
  timeSignatures: [],
  keySignatures: []
})

let folder: string
const at = (name: string) => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-sources-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const name of ['music', 'broken', 'empty']) await mkdir(at(name))
  for (const name of ['a.mid', 'b.KAR']) await writeFile(at(`music/${name}`), tune)
  for (const name of ['music/bad.rmi', 'broken/bad.mid', 'music/notes.txt', 'music/cover.png']) {
    await writeFile(at(name), 'no MIDI')
  }
})

/** What comes of reading paths: the files that were read, the lines that were logged, and what was missed. */
async function read(...paths: string[]) {
  const lines: string[] = []
  const { items, missed } = await readAll(await findMidiFiles(paths.map(at)), {
    ...{ read: readPiece, verb: 'read' },
    log: line => lines.push(line)
  })
  const short = (text: string) => text.replaceAll(`${folder}/`, '')
  return { files: items.map(({ file }) => short(file)), lines: lines.map(short), missed: missed.map(short) }
}

const reason = 'not a MIDI file: expected "MThd", got "no M" at byte 0'

test('a folder is read without what is bad in it, which is told', async () => {
  expect(await read('music')).toEqual({
    files: ['music/a.mid', 'music/b.KAR'],
    lines: ['music: 2 other files passed over', `skipped music/bad.rmi: ${reason}`],
    missed: []
  })
})

test('of several paths the good ones are read; named files and whole folders that are not are missed', async () => {
  expect(await read('broken/bad.mid', 'music/a.mid', 'broken', 'empty', 'none.mid')).toEqual({
    files: ['music/a.mid'],
    lines: [
      `skipped broken/bad.mid: ${reason}`,
      `skipped broken/bad.mid: ${reason}`,
      'skipped broken: none of its MIDI files can be read',
      'skipped empty: holds no MIDI files (.mid, .midi, .kar, .rmi, .smf)',
      'skipped none.mid: no such file or folder'
    ],
    missed: ['broken/bad.mid', 'broken', 'empty', 'none.mid']
  })
})

test('where nothing can be read, that is the error', async () => {
  await expect(read('broken/bad.mid')).rejects.toThrow(`broken/bad.mid: ${reason}`)
  await expect(read('broken')).rejects.toThrow('broken: none of its MIDI files can be read')
  await expect(read('empty')).rejects.toThrow('empty: holds no MIDI files')
  await expect(read('broken/bad.mid', 'none.mid')).rejects.toThrow('none of the MIDI files can be read')
})

test('a command that missed something fails in the end, and names it', () => {
  expect(() => requireNoMiss([], 'read')).not.toThrow()
  expect(() => requireNoMiss(['a.mid'], 'read')).toThrow('a.mid could not be read; the others were')
  expect(() => requireNoMiss(['a.mid', 'b'], 'read')).toThrow(
    '2 of the files and folders could not be read; the others were'
  )
})

test('a bug is no bad file: it ends the command, and names the file', async () => {
  const bug = new TypeError('undefined is not a function')
  vi.spyOn(encoding, 'parseMidi').mockImplementation(() => {
    throw bug
  })
  const log = vi.fn()
  for (const reading of [() => read('music'), () => read('music/a.mid')]) {
    const error: unknown = await reading().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(InternalError)
    expect(error).toHaveProperty('cause', bug)
    expect(error).toHaveProperty('message', expect.stringContaining('music/a.mid: TypeError: undefined is'))
  }
  const error: unknown = await readPieces(at('music'), { log }).catch((reason: unknown) => reason)
  expect(isExpected(error)).toBe(false)
  expect(problemOf(error)).toContain(`internal: ${at('music/a.mid')}: TypeError: undefined is`)
  expect(log.mock.calls.flat().filter(line => line.startsWith('skipped'))).toEqual([])
})
