import { readdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseMidi } from '@vgm/encoding'
import { expect, test } from 'vitest'
import { labelledPhrases, readAnnotations, type SummaryRule, writeSummary } from '../src/node.js'
import { midiFile } from './midi-file.js'
import { all, folderOf } from './temporary-folder.js'

const happy = [0.5, 0.5, 0.5, -0.5]
const sad = [-0.5, -0.5, -0.5, -0.5]
const noise = [1, -1, 1, -1]
const otherNoise = [-1, 1, -1, 1]

function fileOf(listeners: readonly (readonly number[])[]): string {
  const entries = listeners.map((valence, index) => [`piece0_${index}`, { valence, arousal: valence }])
  return JSON.stringify({
    annotations: Object.fromEntries(entries),
    pieces: { piece0: { name: 'Tune', midi: 'A Tune.mid', duration: 8, measures: 4 } }
  })
}

/** Sixteen quarter notes: four bars, of which the second repeats the first. */
const tune = midiFile([60, 62, 64, 65, 60, 62, 64, 65, 67, 69, 71, 72, 48, 50, 52, 53])
const work = {
  'raw.json': fileOf([happy, happy, happy, sad, sad, noise, otherNoise]),
  'midi/A Tune.mid': tune
}

async function writeInto(folder: string, rule: SummaryRule, out = 'out') {
  return writeSummary({
    annotations: await readAnnotations(join(folder, 'raw.json')),
    midiFolder: join(folder, 'midi'),
    out: join(folder, out),
    rule
  })
}

test('a folder of phrases with their labels and the figure of the steps', async () => {
  const folder = await folderOf(work)
  const reports = await writeInto(folder, { rule: 'clusters', options: { maxBars: 1 } })
  expect(reports).toMatchObject([
    { piece: 'A Tune', listeners: 7, bars: 4, phrases: 3, positive: 2, negative: 1, silent: 0, repeated: 1 }
  ])
  expect((await readdir(join(folder, 'out'), { recursive: true })).sort()).toEqual([
    'phrases',
    'phrases.csv',
    'phrases/A Tune_0.mid',
    'phrases/A Tune_1.mid',
    'phrases/A Tune_2.mid',
    'plots',
    'plots/A Tune.svg'
  ])
  expect(await readFile(join(folder, 'out/phrases.csv'), 'utf8')).toBe(
    `label,id,filepath,phrase,fromBar,toBar
1,A Tune,phrases/A Tune_0.mid,0,0,1
1,A Tune,phrases/A Tune_1.mid,1,2,3
-1,A Tune,phrases/A Tune_2.mid,2,3,4
`
  )
  const labelled = await all(labelledPhrases(join(folder, 'out/phrases.csv')))
  expect(labelled.map(({ sentiment }) => sentiment)).toEqual([1, 1, -1])
  const last = parseMidi(await readFile(join(folder, 'out/phrases/A Tune_2.mid')))
  expect(last.notes.map(({ pitch, startTick }) => [pitch, startTick / last.ticksPerQuarter])).toEqual([
    [48, 0],
    [50, 1],
    [52, 2],
    [53, 3]
  ])
  expect(await readFile(join(folder, 'out/plots/A Tune.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s)
})

test('the rule of 0.2 labels arousal, too', async () => {
  const folder = await folderOf({ ...work, 'raw.json': fileOf([sad, sad, sad]) })
  await writeInto(folder, { rule: 'sign' })
  expect(await readFile(join(folder, 'out/phrases.csv'), 'utf8')).toBe(
    'label,id,filepath,phrase,fromBar,toBar,arousal\n-1,A Tune,phrases/A Tune_0.mid,0,0,4,-1\n'
  )
})

test.each([
  ['a missing MIDI file', { 'raw.json': work['raw.json'] }, /A Tune\.mid: expected the MIDI file of piece0/],
  ['a MIDI file that is none', { ...work, 'midi/A Tune.mid': 'no' }, /A Tune\.mid: /],
  ['too few listeners', { ...work, 'raw.json': fileOf([happy, sad]) }, /expected at least 3 ratings, got 2/],
  [
    'a text among the numbers',
    { ...work, 'raw.json': fileOf([['x' as never]]) },
    /"piece0_0": valence\[0\] expected/
  ],
  ['no annotations', { ...work, 'raw.json': '{' }, /raw\.json: is no JSON/]
])('%s leaves nothing behind', async (_, files, message) => {
  const folder = await folderOf(files)
  const before = await readdir(folder)
  await expect(writeInto(folder, { rule: 'clusters' })).rejects.toThrow(message)
  expect(await readdir(folder)).toEqual(before)
})

test('two pieces with one MIDI file are refused, as their phrases would have the same names', async () => {
  const twice = JSON.parse(work['raw.json'])
  twice.pieces.piece1 = twice.pieces.piece0
  twice.annotations.piece1_0 = twice.annotations.piece0_0
  const folder = await folderOf({ ...work, 'raw.json': JSON.stringify(twice) })
  await expect(writeInto(folder, { rule: 'sign' })).rejects.toThrow(
    'raw.json: piece "piece1": midi expected a MIDI file that no other piece has, got "A Tune.mid"'
  )
})

test('a folder that holds something is left alone; an empty one is taken', async () => {
  const folder = await folderOf({ ...work, 'kept/note.txt': 'mine' })
  await expect(writeInto(folder, { rule: 'clusters' }, 'kept')).rejects.toThrow(
    'kept: exists already, expected a new or an empty folder'
  )
  expect(await readdir(join(folder, 'kept'))).toEqual(['note.txt'])
  await expect(writeInto(folder, { rule: 'clusters' }, 'raw.json')).rejects.toThrow(
    'raw.json: exists already'
  )
})

test('an aborted run leaves nothing behind', async () => {
  const folder = await folderOf(work)
  const controller = new AbortController()
  controller.abort()
  const annotations = await readAnnotations(join(folder, 'raw.json'))
  const options = { annotations, midiFolder: join(folder, 'midi'), out: join(folder, 'out') }
  await expect(
    writeSummary({ ...options, rule: { rule: 'clusters' }, signal: controller.signal })
  ).rejects.toBe(controller.signal.reason)
  expect((await readdir(folder)).sort()).toEqual(['midi', 'raw.json'])
})

test('a folder of annotations is read in order, and one without any is refused', async () => {
  const folder = await folderOf({ 'b.json': work['raw.json'], 'a.json': work['raw.json'], 'c.txt': 'no' })
  expect((await readAnnotations(folder)).map(({ path }) => basename(path))).toEqual(['a.json', 'b.json'])
  const empty = await folderOf({ 'c.txt': '' })
  await expect(readAnnotations(empty)).rejects.toThrow('expected annotations as JSON')
  await expect(readAnnotations(join(folder, 'none'))).rejects.toThrow('none: expected')
  await writeFile(join(folder, 'a.json'), '[1]')
  await expect(readAnnotations(folder)).rejects.toThrow('a.json: expected an object')
})
