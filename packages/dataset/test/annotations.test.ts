import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { summarizeByClusters, vgmidi01Rule } from '../src/annotations/summarize-by-clusters.js'
import { summarizeBySign } from '../src/annotations/summarize-by-sign.js'
import type { PhraseSpan } from '../src/annotations/types.js'
import { readAnnotations, summarizePieces } from '../src/node.js'
import { dataFolder, missingData } from './vgm-data.js'

const missing = missingData('vgmidi-annotations')
const folder = dataFolder('vgmidi-annotations')
const labelsOf = (spans: readonly PhraseSpan[]) => spans.map(({ valence, arousal }) => [valence, arousal])

test.skipIf(missing)(
  `all 204 labels of VGMIDI 0.2 come out${missing ? `: ${missing}` : ''}`,
  async () => {
    const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'vgmidi_labelled.csv')), {
      columns: true
    })
    const published = rows.map(({ id, midi, valence, arousal }) => [
      Number(id),
      midi,
      Number(valence),
      Number(arousal)
    ])
    const annotations = await readAnnotations(folder)
    expect(annotations.map(({ pieces, strays }) => [pieces.length, strays.length])).toEqual([
      [95, 125],
      [105, 0]
    ])
    const found: unknown[] = []
    let counted = 0
    for await (const { piece, cut, spans } of summarizePieces(annotations, join(folder, 'midi'), {
      rule: 'sign'
    })) {
      const id = 8000 + counted++
      const name = piece.midi.replace(/\.mid$/, '')
      cut.phrases.forEach(({ valence, arousal }, phrase) => {
        found.push([id, `labelled/phrases/${name}_${phrase}.mid`, valence, arousal])
      })
      const valence = piece.annotations.map(annotation => annotation.valence)
      const arousal = piece.annotations.map(annotation => annotation.arousal)
      for (const threshold of [0.05, 0.2]) {
        expect(labelsOf(summarizeBySign({ valence, arousal }, { threshold }).spans)).toEqual(labelsOf(spans))
      }
    }
    expect(found).toHaveLength(204)
    expect(new Set(found.map(String))).toEqual(new Set(published.map(String)))
  },
  120_000
)

const missingPhrases = missing ?? missingData('vgmidi-0.1')

test.skipIf(missingPhrases)(
  `phrases agree with VGMIDI 0.1 as far as its program and the published annotations go${missingPhrases ? `: ${missingPhrases}` : ''}`,
  async () => {
    const labelled = dataFolder('vgmidi-0.1')
    const labels = new Map<string, Map<number, number>>()
    const names = new Map<string, string>()
    for (const split of ['train', 'test']) {
      const file = join(labelled, 'labelled', `vgmidi_sent_${split}.csv`)
      const rows: { label: string; id: string; filepath: string }[] = parse(readFileSync(file), {
        columns: true
      })
      for (const { label, id, filepath } of rows) {
        const [, name, phrase] = /^phrases\/(.*)_(\d+)$/.exec(filepath) as unknown as [string, string, string]
        names.set(id, name)
        labels.set(id, (labels.get(id) ?? new Map()).set(Number(phrase), Number(label)))
      }
    }
    const files = await readdir(join(labelled, 'labelled', 'phrases'))
    const [round] = await readAnnotations(join(folder, 'vgmidi_raw_1.json'))
    const agreed = { counts: 0, labels: 0 }
    for (const { id, annotations } of round?.pieces ?? []) {
      const { spans } = summarizeByClusters(
        annotations.map(({ valence }) => valence),
        vgmidi01Rule
      )
      const published = files.filter(file => file.replace(/_\d+\.mid$/, '') === names.get(id)).length
      if (published !== spans.length) continue
      agreed.counts++
      if ([...(labels.get(id) ?? [])].every(([phrase, label]) => spans[phrase]?.valence === label))
        agreed.labels++
    }
    expect(names.size).toBe(95)
    expect(agreed).toEqual({ counts: 81, labels: 72 })
  },
  120_000
)
