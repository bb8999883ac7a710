/**
 * `node bench/pictures.mjs`: composes the two pieces of the README with the shipped model, as `vgm generate --sentiment NAME
 * --words 600 --seed 7` does, and writes them to `docs` with a picture of their notes and of how positive they are, bar by bar.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { panels } from '@vgm/charts'
import { openComposer, readSteering } from '@vgm/composer'
import { openEmotionReader } from '@vgm/emotion'
import { mlstm } from '@vgm/mlstm'
import { loadModel } from '@vgm/nn'
import { folder } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'

const root = join(import.meta.dirname, '..')
const shipped = join(root, 'packages/pretrained/model')
const colors = { negative: '#d55e00', positive: '#0072b2' }
const ticksPerBar = 3840
/** Repeated notes stay apart in the picture by this part of a bar. */
const gap = 0.03

const bar = tick => 1 + tick / ticksPerBar
const endOf = ({ startTick, durationTicks }) => bar(startTick + durationTicks)

const model = await loadModel(folder(shipped), { architectures: [mlstm] })
const composer = await openComposer({ model, engine: await onnxEngine() })
const reader = await openEmotionReader({ probe: await readFile(join(shipped, 'probes/music.json'), 'utf8') })

async function composePiece(name) {
  const text = await readFile(join(shipped, `steering/${name}.json`), 'utf8')
  const piece = await composer.compose({ seed: 7, words: 600, steering: await readSteering(model, text) })
  await writeFile(join(root, `docs/${name}.mid`), piece.midi)
  return { name, piece, emotion: await reader.read(piece.midi) }
}

/** A line for each note, from its beginning to its end in bars. */
function pianoRoll({ name, piece }, lastBar) {
  return {
    title: `A ${name} piece: ${piece.notes} notes in ${piece.key}`,
    width: 1000,
    height: 300,
    x: { label: 'bar', domain: [1, lastBar] },
    y: { label: 'pitch (60 is middle C)', domain: [24, 96] },
    layers: piece.score.notes.map(note => ({
      kind: 'line',
      points: [bar(note.startTick), Math.max(bar(note.startTick) + gap, endOf(note) - gap)].map(at => [
        at,
        note.pitch
      ]),
      width: 4,
      color: colors[name]
    }))
  }
}

function curves(composed, lastBar) {
  return {
    title: 'How positive each four bars are, by the probe of vgm analyze',
    width: 1000,
    height: 260,
    x: { label: 'four bars from bar', domain: [1, lastBar] },
    y: { label: 'probability', domain: [0, 1] },
    layers: [
      { kind: 'rule', y: 0.5 },
      ...composed.map(({ name, emotion }) => ({
        kind: 'line',
        points: emotion.curve.map(({ bar, probability }) => [bar, probability]),
        name,
        color: colors[name],
        width: 2
      }))
    ]
  }
}

const composed = [await composePiece('negative'), await composePiece('positive')]
const lastBar = Math.ceil(Math.max(...composed.flatMap(({ piece }) => piece.score.notes.map(endOf))))
const charts = [...composed.map(each => pianoRoll(each, lastBar)), curves(composed, lastBar)]
await writeFile(join(root, 'docs/images/pieces.svg'), panels(charts))
for (const { name, piece, emotion } of composed) {
  console.log(name, piece.key, piece.bars, piece.notes, piece.seconds, emotion.probability)
}
await composer[Symbol.asyncDispose]()
