import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseMidi } from '@vgm/encoding'
import { estimateKey } from '@vgm/key-velocity'
import { format, interleave, median } from './measure.mjs'
import { runMusic21 } from './peers/music21.mjs'

const ourRuns = 9
const peerRuns = 3
/** music21 reads every such phrase only: it is slow enough to be measured by a part of them. */
const peerStride = 4

/** Keys of VGMIDI's labelled phrases: ours beside music21's, with and without reading the files. */
export async function benchKey(data) {
  const labelled = join(data, 'vgmidi-0.1/labelled')
  const tables = await Promise.all(
    ['train', 'test'].map(part => readFile(join(labelled, `vgmidi_sent_${part}.csv`), 'utf8').catch(() => ''))
  )
  const paths = tables.flatMap(table => [...table.matchAll(/phrases\/\S+/g)].map(([name]) => name))
  if (paths.length === 0) return [['key', `skipped: no ${labelled}`, '', '', '']]
  const files = paths.map(path => join(labelled, `${path}.mid`))
  const bytes = await Promise.all(files.map(async file => new Uint8Array(await readFile(file))))
  const scores = bytes.map(file => parseMidi(file))

  let consumed = 0
  const seconds = await interleave(
    {
      analyze() {
        for (const score of scores) consumed += estimateKey(score).correlation
      },
      async parseAndAnalyze() {
        for (const file of files) consumed += estimateKey(parseMidi(await readFile(file))).correlation
      }
    },
    ourRuns
  )
  if (!(consumed > 0)) throw new Error('no key was found')

  const some = files.filter((_, index) => index % peerStride === 0)
  const theirs = await runMusic21({ files: some, runs: peerRuns })
  if (theirs !== undefined && theirs.keys !== some.length * peerRuns) throw new Error('music21 found no key')
  return [
    ['analyze', 'key of a phrase'],
    ['parseAndAnalyze', 'key of a MIDI file']
  ].flatMap(([task, name]) => {
    const ours = files.length / median(seconds[task])
    const peer = theirs && some.length / median(theirs[task])
    const rate = value => `${format(value)} phrases/s`
    const ratio = peer ? `${format(ours / peer)} × music21` : ''
    return [
      [`${name}: estimateKey`, `${files.length} phrases`, rate(ours), ratio, ''],
      ...(peer ? [[`${name}: music21`, `${some.length} phrases`, rate(peer), '1 × music21', '']] : [])
    ]
  })
}
