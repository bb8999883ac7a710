/**
 * Trains the planned transformer on a folder of MIDI files, as the one that `@vgm/pretrained` ships:
 *
 *     node bench/train-transformer.mjs MUSIC RUN [--epochs 9] [--held-out 40] [--resume]
 *
 * Every 17th piece, up to `held-out`, is kept to choose by and never learnt from. `--resume` goes on, for other `--epochs` if named.
 */
import { createHash } from 'node:crypto'
import { basename, dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { plannedMusic, plannedPieces } from '@vgm/composer'
import { readPieces } from '@vgm/dataset/node'
import { trimStart, words } from '@vgm/encoding'
import { planControls } from '@vgm/encoding/description'
import { batchValidation, laneBatches } from '@vgm/nn'
import { TrainingRun, trainRun } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { transformer } from '@vgm/transformer'
import * as v from 'valibot'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    epochs: { type: 'string', default: '9' },
    'held-out': { type: 'string', default: '40' },
    layers: { type: 'string', default: '4' },
    width: { type: 'string', default: '256' },
    window: { type: 'string', default: '1024' },
    batch: { type: 'string', default: '4' },
    rate: { type: 'string', default: '1.2e-3' },
    threads: { type: 'string' },
    resume: { type: 'boolean', default: false }
  }
})
const [music, folder] = positionals
const name = `${basename(dirname(resolve(music)))}/${basename(resolve(music))}`
const window = Number(values.window)
const batch = Number(values.batch)
const config = {
  vocabularySize: words.vocabulary.size,
  width: Number(values.width),
  heads: 4,
  layers: Number(values.layers),
  context: window,
  controls: planControls.map(({ classes }) => classes)
}

const files = await readPieces(music, { tokenizer: words })
const every = 17
const isHeldOut = (_, index) => index % every === 0 && index / every < Number(values['held-out'])
const scoresOf = pieces => pieces.map(({ score }) => trimStart(score))
const learnt = files.filter((piece, index) => !isHeldOut(piece, index))
const heldOut = plannedPieces(scoresOf(files.filter(isHeldOut)), words)
const count = learnt.reduce((total, { ids }) => total + ids.length, 0)
const cut = {
  batch,
  window,
  endOfPiece: words.endOfPiece,
  vocabularySize: config.vocabularySize,
  inputs: transformer.inputs(config)
}
const validation = laneBatches({ size: heldOut.length, piece: index => heldOut[index] }, cut)
const data = laneBatches(plannedMusic(scoresOf(learnt), words), cut)
const digest = createHash('sha256')
for (const { ids } of learnt) digest.update(ids)

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop.abort(new Error('stopped')))
const description = v.object({ music: v.string() })
const run = values.resume
  ? await TrainingRun.resume(folder, {
      architecture: transformer,
      description: v.looseObject(description.entries)
    })
  : await TrainingRun.begin(folder, { music: name })
const settings = {
  epochs: Number(values.epochs),
  learningRate: Number(values.rate),
  warmUpSteps: 200,
  weightDecay: 0.1,
  patience: 0,
  seed: 7,
  dropout: { embedding: 0.1, branch: 0.15 },
  batch,
  window
}
const events = trainRun(run, {
  architecture: transformer,
  config,
  size: { words: count, shards: 1 },
  batches: () => data,
  validation: batchValidation(transformer, config, validation),
  settings,
  engine: await onnxEngine(values.threads ? { threads: Number(values.threads) } : {}),
  signal: stop.signal,
  about: {
    vocabulary: { name: words.vocabulary.name, hash: words.vocabulary.hash },
    license: 'research use; trained on VGMIDI 0.1 (Ferreira & Whitehead 2019), which states no licence',
    provenance: {
      data: {
        training: name,
        pieces: learnt.length,
        words: count,
        heldOut: heldOut.length,
        digest: `sha256:${digest.digest('hex')}`
      },
      augmentation: 'in C major or A minor, stretched, plans partly hidden'
    }
  },
  storedAs: 'F16'
})
const started = Date.now()
let shown = 0
for await (const event of events) {
  const minutes = ((Date.now() - started) / 60_000).toFixed(1)
  if (event.type === 'step' && event.step - shown >= 20) {
    shown = event.step
    console.log(
      `${minutes} min, epoch ${event.place.toFixed(2)}, step ${event.step}: ${event.loss.toFixed(3)} (${event.wordsPerSecond} words/s)`
    )
  }
  if (event.type === 'epoch') console.log(`epoch ${event.epoch}: ${event.loss.toFixed(4)}`)
  if (event.type === 'validation') console.log(`held out: ${event.crossEntropy.toFixed(4)}`)
}
