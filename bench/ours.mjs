/** One measurement of ours in a process of its own, so that its peak memory is its own; prints one line of JSON. */
import { parseArgs } from 'node:util'
import { vocabulary } from '@vgm/encoding'
import { createRandom, finalStates, generate, initialWeights, train } from '@vgm/mlstm'
import { nodeEngine } from '@vgm/mlstm/node'
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
  config,
  vocabulary,
  weights: initialWeights(config, 1),
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
    const options = { engine, endOfPiece, epochs: 1, lanes: batch, window }
    const seconds = []
    const lap = stopwatch()
    for await (const event of train(config, { size: 1, piece: () => ids }, options)) {
      if (event.type === 'step') seconds.push(lap())
      if (seconds.length > runs) break
    }
    return { seconds: seconds.slice(1), words: batch * window }
  },
  /** `batch` pieces of `words` words, each with its own offsets on `steered` units, without a grammar, from the first words on: compiling is not counted. */
  async generate() {
    const seconds = []
    let made = 0
    for (let run = 0; run <= runs; run++) {
      let lap
      let first = 0
      const onProgress = total => {
        first ||= total
        lap ??= stopwatch()
        made = total - first
      }
      const neurons = Int32Array.from({ length: steered }, (_, k) => k)
      const offsets = Float32Array.from({ length: batch * steered }, (_, k) => 0.01 * Math.sin(k))
      const steering = steered > 0 ? { neurons, offsets, mode: 'add' } : undefined
      const options = { engine, endOfPiece, seed: run, count: batch, words, onProgress }
      await generate(model, { ...options, ...(steering && { steering }) })
      if (run > 0) seconds.push(lap())
    }
    return { seconds, words: made }
  },
  /** Final states of sequences whose lengths come as JSON on standard input. */
  async states() {
    const lengths = JSON.parse(await new Response(process.stdin).text())
    const random = createRandom(1)
    const sequences = lengths.map(length => Uint16Array.from({ length }, () => random.below(224)))
    const seconds = []
    for (let run = 0; run <= runs; run++) {
      const lap = stopwatch()
      await finalStates(model, sequences, { engine })
      if (run > 0) seconds.push(lap())
    }
    return { seconds, words: lengths.reduce((total, length) => total + length, 0) }
  }
}

const { seconds, words: counted } = await works[work]()
const peakRssMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ work, engine: engine.name, units, batch, seconds, words: counted, peakRssMb }))
