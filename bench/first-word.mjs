/**
 * `node bench/first-word.mjs`: how long the shipped model takes to its first word, and to 64 words: a model that is opened
 * for the call, an opened one that composes for the first time, and one that is warm. Milliseconds, medians.
 */
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { grammar, vocabulary } from '@vgm/encoding'
import { mlstm } from '@vgm/mlstm'
import { generate, loadModel, openModel, stream } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelUrl } from '@vgm/pretrained'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { median } from './measure.mjs'

const runs = 9
const composing = { endOfPiece: vocabulary.idOf('\n'), grammar, temperature: 0.95, words: 64 }
const model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [mlstm], vocabulary })

/** Milliseconds to the first word, and to all. */
async function timeStream(opened, seed) {
  const start = performance.now()
  let first
  for await (const _ of stream(opened, { ...composing, seed })) first ??= performance.now() - start
  return [first, performance.now() - start]
}

async function timeOpening(engine, seed) {
  const start = performance.now()
  const opened = await openModel(model, { engine })
  const spent = performance.now() - start
  const times = await timeStream(opened, seed)
  opened.dispose()
  return times.map(time => time + spent)
}

const engines = {
  'onnxruntime-node': await onnxEngine(),
  'onnxruntime-node, int8': await onnxEngine({ precision: 'int8' }),
  'tfjs wasm': await nodeEngine('wasm')
}
console.log(
  '| engine | opened for the call | opened, first call | warm | 64 words, warm | four at once, warm |'
)
console.log('|---|---|---|---|---|---|')
for (const [name, engine] of Object.entries(engines)) {
  const anew = []
  for (let run = 0; run < 3; run++) anew.push((await timeOpening(engine, run))[0])
  const opened = await openModel(model, { engine })
  const [cold] = await timeStream(opened, 0)
  const warm = []
  for (let run = 1; run <= runs; run++) warm.push(await timeStream(opened, run))
  const start = performance.now()
  await Promise.all([1, 2, 3, 4].map(seed => generate(opened, { ...composing, seed })))
  const together = performance.now() - start
  opened.dispose()
  const cells = [
    median(anew),
    cold,
    median(warm.map(([first]) => first)),
    median(warm.map(([, all]) => all)),
    together
  ]
  console.log(`| ${name} | ${cells.map(value => value.toFixed(value < 100 ? 1 : 0)).join(' | ')} |`)
}
