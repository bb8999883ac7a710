import { join } from 'node:path'
import { words } from '@vgm/encoding'
import { describe, expect, test } from 'vitest'
import { folderStatistics, MissingColumnError, MissingFileError } from '../src/node.js'
import { midiFile } from './midi-file.js'
import { folderOf } from './temporary-folder.js'

describe('folderStatistics', () => {
  test('recognises VGMIDI 0.1 and counts its four parts', async () => {
    const folder = await folderOf({
      'labelled/vgmidi_sent_train.csv': 'label,id,filepath\n1,p,phrases/a\n-1,p,phrases/b\n',
      'labelled/vgmidi_sent_test.csv': 'label,id,filepath\n1,q,phrases/c\n',
      'labelled/phrases/a.mid': midiFile(),
      'labelled/phrases/b.mid': midiFile(),
      'labelled/phrases/c.mid': midiFile(),
      'unlabelled/train/d.mid': midiFile([60, 62]),
      'unlabelled/test/e.mid': midiFile()
    })
    const seen: string[] = []
    const { dataset, parts, skipped } = await folderStatistics(folder, {
      tokenizer: words,
      onProgress: ({ done, total }) => seen.push(`${done}/${total}`)
    })
    expect(dataset).toBe('VGMIDI 0.1')
    expect(parts.map(({ name, statistics }) => [name, statistics.pieces, statistics.labels])).toEqual([
      [
        'labelled train',
        2,
        [
          { name: 'negative', count: 1 },
          { name: 'positive', count: 1 }
        ]
      ],
      ['labelled test', 1, [{ name: 'positive', count: 1 }]],
      ['unlabelled train', 1, []],
      ['unlabelled test', 1, []]
    ])
    expect(parts[2]!.statistics.notes).toBe(2)
    expect(skipped).toEqual([])
    expect(seen).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5'])
  })

  test('recognises VGMIDI 0.2 and VGMIDI-4Q, of which it counts whole pieces', async () => {
    const annotated = await folderOf({
      'vgmidi_labelled.csv': 'id,series,console,game,piece,midi,valence,arousal\n1,s,c,g,p,x/a_0.mid,1,1\n',
      'midi/a.mid': midiFile()
    })
    expect(await folderStatistics(annotated, { tokenizer: words })).toMatchObject({
      dataset: 'VGMIDI 0.2',
      parts: [{ name: 'labelled', statistics: { labels: [{ name: 'Q1', count: 1 }] } }]
    })
    const header = 'valence,arousal,id,part,repeat,filepath\n'
    const quadrants = await folderOf({
      'vgmidi_bardo_train.csv': `${header}0,0,p,0,-1,phrases/split_1/a.mid\n0,0,p,0,-1,phrases/split_2/a.mid\n`,
      'vgmidi_bardo_test.csv': header,
      'phrases/split_1/a.mid': midiFile(),
      'phrases/split_2/a.mid': midiFile()
    })
    expect(await folderStatistics(quadrants, { tokenizer: words })).toMatchObject({
      dataset: 'VGMIDI-4Q',
      parts: [{ name: 'train', statistics: { pieces: 1, labels: [{ name: 'Q3', count: 1 }] } }]
    })
  })

  test('counts any other folder, and lists what it cannot count', async () => {
    const folder = await folderOf({
      'b.mid': midiFile(),
      'deep/a.MIDI': midiFile(),
      'deep/song.kar': midiFile(),
      'deep/notes.txt': 'x',
      'broken.mid': 'MThd',
      'silent.mid': midiFile([])
    })
    const { dataset, parts, skipped, passedOver } = await folderStatistics(folder, { tokenizer: words })
    expect(passedOver).toBe(1)
    expect({ dataset, pieces: parts.map(({ name, statistics }) => [name, statistics.pieces]) }).toEqual({
      dataset: 'MIDI files',
      pieces: [['all', 3]]
    })
    expect(skipped).toEqual([
      { path: join(folder, 'broken.mid'), reason: 'cut off: the header expected 14 bytes, got 4 at byte 0' },
      { path: join(folder, 'silent.mid'), reason: 'expected at least one note, got none' }
    ])
  })

  test('refuses a folder without music, no folder, and a data set without its column', async () => {
    const empty = await folderOf({ 'notes.txt': 'x' })
    await expect(folderStatistics(empty, { tokenizer: words })).rejects.toThrow(MissingFileError)
    await expect(folderStatistics(join(empty, 'notes.txt'), { tokenizer: words })).rejects.toThrow(
      'expected a folder'
    )
    const wrong = await folderOf({ 'labelled/vgmidi_sent_train.csv': 'id,filepath\n' })
    await expect(folderStatistics(wrong, { tokenizer: words })).rejects.toThrow(MissingColumnError)
  })

  test('stops when asked to', async () => {
    const folder = await folderOf({ 'a.mid': midiFile(), 'b.mid': midiFile() })
    const controller = new AbortController()
    const stopped = folderStatistics(folder, {
      tokenizer: words,
      signal: controller.signal,
      onProgress: () => controller.abort()
    })
    expect(await stopped.catch((error: unknown) => error)).toBe(controller.signal.reason)
  })
})
