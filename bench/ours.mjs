/** One measurement of ours in a process of its own, so that its peak memory is its own; prints one line of JSON. */
import { parseArgs } from 'node:util'
import { createRandom } from '@vgm/base'
import { vocabulary } from '@vgm/encoding'
import { mlstm, steeringInputs } from '@vgm/mlstm'
import { generate, laneBatches, openModel, readStates, train } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'onnx' },
    units: { type: 'string', default: '512' },
    batch: { type: 'string', default: '32' },
    window: { type: 'string', default: '256' },
    words: { type: 'string', default: '256' },
    steered: { type: 'string', default: '0' },
    runs: { type: 'string', default: '5' }
  }
})
const [work] = positionals
const { units, batch, window, words, steered, runs } = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, Number(value)])
)
const config = { vocabularySize: vocabulary.size, embedding: 64, units }
const endOfPiece = vocabulary.idOf('\n')
const model = {
  architecture: mlstm,
  config,
  vocabulary,
  weights: mlstm.initial(config, createRandom(1)),
  provenance: {},
  metrics: {},
  license: ''
}
const engine =
  values.engine === 'wasm'
    ? await nodeEngine('wasm')
    : await onnxEngine({ precision: values.engine === 'int8' ? 'int8' : 'f32' })

/** Seconds from each mark to the next. */
function stopwatch() {
  let last = performance.now()
  return () => {
    const now = performance.now()
    const seconds = (now - last) / 1000
    last = now
    return seconds
  }
}

const works = {
  /** Whole training steps; the first is a warm-up. */
  async train() {
    const random = createRandom(1)
    const length = batch * window * (runs + 2)
    const ids = Uint16Array.from({ length }, () => random.below(vocabulary.size))
    const data = { size: 1, piece: () => ids }
    const batches = laneBatches(data, { batch, window, endOfPiece, vocabularySize: vocabulary.size })
    const seconds = []
    const lap = stopwatch()
    for await (const event of train(mlstm, config, batches, { engine, epochs: 1 })) {
      if (event.type === 'step') seconds.push(lap())
      if (seconds.length > runs) break
    }
    return { seconds: seconds.slice(1), words: batch * window }
  },
  /** `batch` pieces of `words` words, each with its own offsets on `steered` units, without a grammar, from the first words on: compiling is not counted. */
  async generate() {
    const opened = await openModel(model, { engine })
    const seconds = []
    let made = 0
    for (let run = 0; run <= runs; run++) {
      let lap
      let first = 0
      const onProgress = ({ done: total }) => {
        first ||= total
        lap ??= stopwatch()
        made = total - first
      }
      const neurons = Int32Array.from({ length: steered }, (_, k) => k)
      const offsets = Float32Array.from({ length: batch * steered }, (_, k) => 0.01 * Math.sin(k))
      const steering = steered > 0 ? { neurons, offsets, mode: 'add' } : undefined
      const options = { endOfPiece, seed: run, count: batch, words, onProgress }
      await generate(opened, {
        ...options,
        ...(steering && { held: steeringInputs(steering, config, batch) })
      })
      if (run > 0) seconds.push(lap())
    }
    return { seconds, words: made }
  },
  /** Final states of sequences whose lengths come as JSON on standard input. */
  async states() {
    const lengths = JSON.parse(await new Response(process.stdin).text())
    const random = createRandom(1)
    const sequences = lengths.map(length => Uint16Array.from({ length }, () => random.below(224)))
    const opened = await openModel(model, { engine })
    const seconds = []
    for (let run = 0; run <= runs; run++) {
      const lap = stopwatch()
      await readStates(opened, sequences, { summary: 'last' })
      if (run > 0) seconds.push(lap())
    }
    return { seconds, words: lengths.reduce((total, length) => total + length, 0) }
  }
}

const { seconds, words: counted } = await works[work]()
const peakRssMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ work, engine: engine.name, units, batch, seconds, words: counted, peakRssMb }))
