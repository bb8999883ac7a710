/** One measurement of our transformer in a process of its own, so that its peak memory is its own; prints one line of JSON. */
import { parseArgs } from 'node:util'
import { createRandom } from '@vgm/base'
import { words as tokenizer } from '@vgm/encoding'
import { planControls, tellPlan } from '@vgm/encoding/description'
import { generate, laneBatches, openModel, train } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { transformer } from '@vgm/transformer'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'onnx' },
    width: { type: 'string', default: '256' },
    layers: { type: 'string', default: '4' },
    batch: { type: 'string', default: '4' },
    window: { type: 'string', default: '1024' },
    words: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' }
  }
})
const [work] = positionals
const { width, layers, batch, window, words, runs } = Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name, Number(value)])
)
const { vocabulary, endOfPiece } = tokenizer
const classes = planControls.map(control => control.classes)
const config = { vocabularySize: vocabulary.size, width, heads: 4, layers, context: 1024, controls: classes }
const precision = values.engine === 'int8' ? 'int8' : 'f32'
const engine = values.engine === 'wasm' ? await nodeEngine('wasm') : await onnxEngine({ precision })

const works = {
  /** Whole training steps, nothing left out; the first is a warm-up. */
  async train() {
    const random = createRandom(1)
    const length = batch * window * (runs + 2)
    const piece = {
      ids: Uint16Array.from({ length }, () => random.below(vocabulary.size)),
      inputs: {
        time: Int32Array.from({ length }, (_, t) => Math.floor((t % window) / 4)),
        controls: Int32Array.from(
          { length: length * classes.length },
          (_, k) => k % classes[k % classes.length]
        )
      }
    }
    const cut = {
      batch,
      window,
      endOfPiece,
      vocabularySize: vocabulary.size,
      inputs: transformer.inputs(config)
    }
    const seconds = []
    let last = performance.now()
    for await (const event of train(transformer, config, laneBatches({ size: 1, piece: () => piece }, cut), {
      engine,
      epochs: 1,
      weightDecay: 0.1
    })) {
      if (event.type !== 'step') continue
      const now = performance.now()
      seconds.push((now - last) / 1000)
      last = now
      if (seconds.length > runs) break
    }
    return { seconds: seconds.slice(1), words: batch * window }
  },
  /** One piece, told an empty plan, from the second word on: compiling is not counted. */
  async generate() {
    const model = {
      architecture: transformer,
      config,
      vocabulary,
      weights: transformer.initial(config, createRandom(1)),
      provenance: {},
      metrics: {},
      license: ''
    }
    const opened = await openModel(model, { engine })
    const seconds = []
    for (let run = 0; run <= runs; run++) {
      let first
      const onProgress = () => {
        first ??= performance.now()
      }
      const inputs = () => tellPlan({ bars: [] })
      await generate(opened, { endOfPiece, seed: run, words, inputs, onProgress })
      if (run > 0) seconds.push((performance.now() - first) / 1000)
    }
    return { seconds, words: words - 1 }
  }
}

const { seconds, words: counted } = await works[work]()
const peakRssMb = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ work, engine: engine.name, width, batch, seconds, words: counted, peakRssMb }))
