import { join } from 'node:path'
import { VgmError } from '@vgm/base'
import { MidiHeaderError } from '@vgm/encoding'
import { describe, expect, test } from 'vitest'
import {
  labelledPhrases,
  readScore,
  vgmidi,
  vgmidi4q,
  vgmidiAnnotated,
  vgmidiUnlabelled
} from '../src/node.js'
import { midiFile } from './midi-file.js'
import { all, folderOf } from './temporary-folder.js'

const header = 'label,id,filepath\n'

/** A VGMIDI 0.1 of two phrases to train on and one to test on. */
const small = {
  'labelled/vgmidi_sent_train.csv': `${header}1,piece1,phrases/a_0\n-1,piece1,phrases/a_1\n`,
  'labelled/vgmidi_sent_test.csv': `${header}-1,piece2,phrases/b_0\n`,
  'labelled/phrases/a_0.mid': midiFile(),
  'labelled/phrases/a_1.mid': midiFile(),
  'labelled/phrases/b_0.mid': midiFile(),
  'unlabelled/train/c.mid': midiFile(),
  'unlabelled/train/notes.txt': '',
  'unlabelled/test/a.mid': midiFile()
}

const withTrain = (text: string) => ({ ...small, 'labelled/vgmidi_sent_train.csv': text })

/** What a loader that must fail says. */
async function problem(items: AsyncIterable<unknown>, folder: string): Promise<string> {
  const error = await all(items).catch((reason: unknown) => reason)
  if (!(error instanceof VgmError)) throw new Error(`expected a VgmError, got ${error}`)
  return `${error.code}: ${error.message.replaceAll(folder, 'DIR')}`
}

describe('vgmidi', () => {
  test('yields the phrases of both splits in the order of the CSV files', async () => {
    const folder = await folderOf(small)
    const path = (name: string) => join(folder, 'labelled', 'phrases', name)
    expect(await all(vgmidi(folder))).toEqual([
      { path: path('a_0.mid'), piece: 'piece1', sentiment: 1, split: 'train' },
      { path: path('a_1.mid'), piece: 'piece1', sentiment: -1, split: 'train' },
      { path: path('b_0.mid'), piece: 'piece2', sentiment: -1, split: 'test' }
    ])
    expect((await all(vgmidi(folder, { split: 'test' }))).map(({ piece }) => piece)).toEqual(['piece2'])
  })

  test('takes columns in any order, with a byte order mark, quotes and CRLF', async () => {
    const folder = await folderOf(
      withTrain('\uFEFFid,more,filepath,label\r\n"piece1",x,"phrases/a_0",-1\r\n\r\n')
    )
    expect(await all(vgmidi(folder, { split: 'train' }))).toMatchObject([{ piece: 'piece1', sentiment: -1 }])
  })

  test.each([
    [
      'id,filepath\npiece1,a\n',
      'MISSING_COLUMN: vgmidi_sent_train.csv: expected a column "label", got "id", "filepath"'
    ],
    ['', 'MISSING_COLUMN: vgmidi_sent_train.csv: expected a column "label", got an empty file'],
    [
      `${header}1,piece1,phrases/a_0\nx,piece1,phrases/a_1\n`,
      'INVALID_CELL: vgmidi_sent_train.csv: row 3: label expected -1 or 1, got "x"'
    ],
    [`${header}1,piece1\n`, 'INVALID_ROW: vgmidi_sent_train.csv: row 2: expected 3 cells, got 2'],
    [
      `${header}1,piece1,phrases/a_7\n`,
      'MISSING_FILE: vgmidi_sent_train.csv: row 2: DIR/labelled/phrases/a_7.mid: expected a MIDI file, found none'
    ],
    [
      `${header}1,piece1,../../../etc/passwd\n`,
      'INVALID_CELL: vgmidi_sent_train.csv: row 2: filepath expected a path inside the CSV file\'s folder, got "../../../etc/passwd"'
    ]
  ])('refuses %j', async (text, message) => {
    const folder = await folderOf(withTrain(text))
    expect(await problem(vgmidi(folder), folder)).toBe(message)
  })

  test('says where an open quote makes the rest unreadable', async () => {
    const folder = await folderOf(withTrain(`${header}1,piece1,phrases/a_0\n1,"piece1,phrases/a_1\n`))
    const message = await problem(vgmidi(folder), folder)
    expect(message).toMatch(/^INVALID_ROW: vgmidi_sent_train\.csv: row 3: Quote Not Closed/)
  })

  test('names the CSV file that is not there', async () => {
    const folder = await folderOf({})
    expect(await problem(vgmidi(folder), folder)).toBe(
      'MISSING_FILE: DIR/labelled/vgmidi_sent_train.csv: expected a CSV file of VGMIDI 0.1, found none'
    )
  })

  test('refuses a split of another name', async () => {
    const split = 'valid' as 'train'
    expect(await problem(vgmidi('.', { split }), '.')).toBe(
      'INVALID_OPTION: vgmidi: split expected "train" or "test", got "valid"'
    )
  })
})

describe('labelledPhrases', () => {
  test('yields the phrases of any CSV file, named with or without .mid', async () => {
    const labels = 'id,label,filepath\np,1,phrases/a_0\nq,-1,phrases/a_1.mid\n'
    const folder = await folderOf({ ...small, 'labelled/mine.csv': labels })
    expect(await all(labelledPhrases(join(folder, 'labelled/mine.csv')))).toEqual([
      { path: join(folder, 'labelled/phrases/a_0.mid'), piece: 'p', sentiment: 1 },
      { path: join(folder, 'labelled/phrases/a_1.mid'), piece: 'q', sentiment: -1 }
    ])
  })

  test('names the row whose file is not there, and the CSV file that is not', async () => {
    const folder = await folderOf({ 'mine.csv': `${header}1,p,a\n` })
    expect(await problem(labelledPhrases(join(folder, 'mine.csv')), folder)).toMatch(
      /^MISSING_FILE: .*a\.mid/
    )
    expect(await problem(labelledPhrases(join(folder, 'none.csv')), folder)).toMatch(
      /^MISSING_FILE: .*none\.csv.*a CSV file of labels/
    )
  })
})

describe('vgmidiUnlabelled', () => {
  test('yields the MIDI files alone, with their split', async () => {
    const folder = await folderOf(small)
    expect(await all(vgmidiUnlabelled(folder))).toEqual([
      { path: join(folder, 'unlabelled/train/c.mid'), piece: 'c', split: 'train' },
      { path: join(folder, 'unlabelled/test/a.mid'), piece: 'a', split: 'test' }
    ])
  })

  test('names the folder that is not there', async () => {
    const folder = await folderOf({})
    expect(await problem(vgmidiUnlabelled(folder, { split: 'test' }), folder)).toBe(
      'MISSING_FILE: DIR/unlabelled/test: expected a folder of VGMIDI 0.1, found none'
    )
  })
})

describe('vgmidiAnnotated', () => {
  const csv =
    'id,series,console,game,piece,midi,valence,arousal\n7,Star Fox,SNES,Star Fox,Stage,labelled/phrases/S_Stage_Clear_2.mid,1,-1\n'

  test.each(['labelled/midi', 'midi'])('finds the pieces in %s', async place => {
    const folder = await folderOf({ 'vgmidi_labelled.csv': csv, [`${place}/S_Stage_Clear.mid`]: midiFile() })
    expect(await all(vgmidiAnnotated(folder))).toEqual([
      {
        path: join(folder, place, 'S_Stage_Clear.mid'),
        piece: 'S_Stage_Clear',
        phrase: 2,
        valence: 1,
        arousal: -1,
        quadrant: 'Q4',
        id: '7',
        series: 'Star Fox',
        console: 'SNES',
        game: 'Star Fox'
      }
    ])
  })

  test('names the row whose piece is not there, and the folder that is not', async () => {
    const without = await folderOf({ 'vgmidi_labelled.csv': csv })
    expect(await problem(vgmidiAnnotated(without), without)).toBe(
      'MISSING_FILE: DIR/labelled/midi: expected the pieces of VGMIDI 0.2, found none'
    )
    const other = await folderOf({ 'vgmidi_labelled.csv': csv, 'midi/x.mid': midiFile() })
    expect(await problem(vgmidiAnnotated(other), other)).toBe(
      'MISSING_FILE: vgmidi_labelled.csv: row 2: DIR/midi/S_Stage_Clear.mid: expected a MIDI file, found none'
    )
  })

  test('refuses a phrase without a number', async () => {
    const folder = await folderOf({ 'vgmidi_labelled.csv': csv.replace('_2.mid', '.mid'), 'midi/x.mid': '' })
    expect(await problem(vgmidiAnnotated(folder), folder)).toBe(
      'INVALID_CELL: vgmidi_labelled.csv: row 2: midi expected a path that ends in PIECE_NUMBER.mid, got "labelled/phrases/S_Stage_Clear.mid"'
    )
  })
})

describe('vgmidi4q', () => {
  const csv = (...rows: string[]) => `valence,arousal,id,part,repeat,filepath\n${rows.join('\n')}\n`
  const files = {
    'vgmidi_bardo_train.csv': csv(
      '0,1,piece_0,0,-1,phrases/split_1/a_0.mid',
      '0,0,piece_0,3,-1,phrases/split_16/a_3.mid'
    ),
    'vgmidi_bardo_test.csv': csv('1,0,piece_1,0,-1,phrases/split_1/b_0.mid'),
    'phrases/split_1/a_0.mid': midiFile(),
    'phrases/split_16/a_3.mid': midiFile(),
    'phrases/split_1/b_0.mid': midiFile()
  }

  test('yields valence, arousal, quadrant and slice', async () => {
    const folder = await folderOf(files)
    const phrases = await all(vgmidi4q(folder))
    expect(phrases.map(({ path, ...rest }) => [path.slice(folder.length + 1), Object.values(rest)])).toEqual([
      ['phrases/split_1/a_0.mid', ['piece_0', 0, 1, 'Q2', 'train', 1, 0]],
      ['phrases/split_16/a_3.mid', ['piece_0', 0, 0, 'Q3', 'train', 16, 3]],
      ['phrases/split_1/b_0.mid', ['piece_1', 1, 0, 'Q4', 'test', 1, 0]]
    ])
    expect((await all(vgmidi4q(folder, { slices: 1 }))).map(({ piece }) => piece)).toEqual([
      'piece_0',
      'piece_1'
    ])
  })

  test.each([
    ['2,0,p,0,-1,phrases/split_1/a_0.mid', 'row 2: valence expected 0 or 1, got "2"'],
    ['1,,p,0,-1,phrases/split_1/a_0.mid', 'row 2: arousal expected 0 or 1, got ""'],
    ['1,0,p,x,-1,phrases/split_1/a_0.mid', 'row 2: part expected an integer of at least 0, got "x"'],
    [
      '1,0,p,0,-1,phrases/split_3/a_0.mid',
      'row 2: filepath expected a folder split_1, _2, _4, _8 or _16 in it, got "phrases/split_3/a_0.mid"'
    ]
  ])('refuses %j', async (row, message) => {
    const folder = await folderOf({ ...files, 'vgmidi_bardo_train.csv': csv(row) })
    expect(await problem(vgmidi4q(folder), folder)).toBe(`INVALID_CELL: vgmidi_bardo_train.csv: ${message}`)
  })

  test('refuses a number of slices that no piece is cut into', async () => {
    expect(await problem(vgmidi4q('.', { slices: 3 as 4 }), '.')).toBe(
      'INVALID_OPTION: vgmidi4q: slices expected one of 1, 2, 4, 8, 16, got 3'
    )
  })
})

describe('readScore', () => {
  test('reads the music of what a loader yields', async () => {
    const folder = await folderOf(small)
    const [phrase] = await all(vgmidi(folder))
    expect((await readScore(phrase!)).notes.map(({ pitch }) => pitch)).toEqual([60, 64, 67])
  })

  test('names the file and why it is none', async () => {
    const folder = await folderOf({ 'a.mid': 'MThd' })
    const failure = (path: string) => readScore({ path }).catch((error: unknown) => error)
    const error = await failure(join(folder, 'a.mid'))
    expect(error).toMatchObject({ code: 'UNREADABLE_SCORE', file: join(folder, 'a.mid') })
    expect((error as Error).message).toBe(
      `${join(folder, 'a.mid')}: cut off: the header expected 14 bytes, got 4 at byte 0`
    )
    expect((error as Error).cause).toBeInstanceOf(MidiHeaderError)
    expect(await failure(join(folder, 'b.mid'))).toMatchObject({
      message: `${join(folder, 'b.mid')}: no such file`
    })
  })
})
