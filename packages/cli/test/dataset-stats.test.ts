import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from '@vgm/encoding'
import { beforeEach, describe, expect, test } from 'vitest'
import { midiFile, writeMusic } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(join(cwd, 'music'), 3)
})

describe('vgm dataset stats', () => {
  test('prints a table, and lists what it cannot read', async () => {
    await writeFile(join(cwd, 'music/broken.mid'), 'no music')
    const { stdout, stderr } = await done(['dataset', 'stats', 'music'], { cwd })
    const words = [0, 1, 2].reduce((sum, index) => sum + encode(midiFile(index)).length, 0)
    const lines = stdout.split('\n').map(line => line.split(/ {2,}/))
    expect(lines[0]).toEqual(['MIDI files', 'all'])
    expect(lines[1]).toEqual(['pieces', '3'])
    expect(lines[2]).toEqual(['notes', '72'])
    expect(lines[3]).toEqual(['words', String(words)])
    expect(stdout).toMatch(/\nkey 1 +\S/)
    expect(stdout).not.toMatch(/\nkey \d +–/)
    expect(stdout).toContain('\nskipped 1 file\n')
    expect(stderr).toMatch(/^skipped music\/broken\.mid: .*expected .*\n$/)
  })

  test('counts a data set by split, as JSON, and draws it', async () => {
    const labelled = join(cwd, 'vgmidi/labelled')
    await mkdir(join(labelled, 'phrases'), { recursive: true })
    for (const split of ['train', 'test']) {
      await mkdir(join(cwd, 'vgmidi/unlabelled', split), { recursive: true })
      await writeFile(join(cwd, 'vgmidi/unlabelled', split, 'p.mid'), midiFile(0))
      await writeFile(
        join(labelled, `vgmidi_sent_${split}.csv`),
        `label,id,filepath\n-1,${split},phrases/${split}\n`
      )
      await writeFile(join(labelled, `phrases/${split}.mid`), midiFile(1))
    }
    const { stdout } = await done(['dataset', 'stats', 'vgmidi', '--json', '--plots', 'plots'], { cwd })
    const { dataset, parts, skipped } = JSON.parse(stdout)
    expect({ dataset, skipped }).toEqual({ dataset: 'VGMIDI 0.1', skipped: [] })
    expect(parts.map((part: { name: string }) => part.name)).toEqual([
      'labelled train',
      'labelled test',
      'unlabelled train',
      'unlabelled test'
    ])
    expect(parts[0].statistics).toMatchObject({
      pieces: 1,
      words: { total: encode(midiFile(1)).length },
      lengthSec: { total: 3.375 },
      labels: [{ name: 'negative', count: 1 }]
    })
    expect(await readdir(join(cwd, 'plots'))).toEqual([
      'keys.svg',
      'labels.svg',
      'length.svg',
      'tempo.svg',
      'velocities.svg',
      'words.svg'
    ])
    expect(await readFile(join(cwd, 'plots/labels.svg'), 'utf8')).toMatch(/^<svg .*labelled train/s)
    const table = (await done(['dataset', 'stats', 'vgmidi'], { cwd })).stdout
    expect(table).toMatch(/\nlabelled negative +1 +1 +0 +0\n/)
  })

  test('names the column that a data set lacks', async () => {
    await mkdir(join(cwd, 'vgmidi/labelled'), { recursive: true })
    await writeFile(join(cwd, 'vgmidi/labelled/vgmidi_sent_train.csv'), 'id,filepath\n')
    expect(await vgm(['dataset', 'stats', 'vgmidi', '--plots', 'plots'], { cwd })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'vgm: vgmidi_sent_train.csv: expected a column "label", got "id", "filepath"\n'
    })
    expect(await readdir(cwd)).toEqual(['music', 'vgmidi'])
  })

  test('names a folder that is not there', async () => {
    expect(await vgm(['dataset', 'stats', 'none'], { cwd })).toMatchObject({
      code: 1,
      stderr: 'vgm: none: expected a folder, found none\n'
    })
  })
})
