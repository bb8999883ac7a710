import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listMidiFiles } from './list-midi-files.js'

test('finds MIDI files by their endings, and counts the others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-list-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await mkdir(join(folder, 'more.mid'))
  const names = ['a.mid', 'b.MIDI', 'c.KAR', 'd.rmi', 'e.smf', 'more.mid/f.Mid']
  const others = ['a.mp3', 'midi', 'notes.mid.txt', 'more.mid/read.me', '.DS_Store', '._a.mid']
  for (const name of [...names, ...others]) await writeFile(join(folder, name), '')
  expect(await listMidiFiles(folder)).toEqual({ files: names.map(name => join(folder, name)), passedOver: 4 })
  await expect(listMidiFiles(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' })
})
