/**
 * Google Magenta's MusicRNN, to measure generation against: `node magenta.mjs [units] [backend]`.
 *
 * It is no dependency of this project: run `npm install --ignore-scripts @magenta/music@1.23.1` in a folder
 * of its own and name that in VGM_MAGENTA. No checkpoint is needed: a local server hands it random weights of
 * the shapes of one LSTM layer, since speed does not depend on what they have learnt.
 *
 * In Node it computes on the `cpu` backend of TensorFlow.js 2.8, plain JavaScript. Where that folder has
 * @tensorflow/tfjs-backend-wasm@2.8.6 too it can on `wasm`, which has no sampling: each step then takes the
 * likeliest event.
 */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { median } from '../measure.mjs'

const file = fileURLToPath(import.meta.url)
const events = 38 // of MelodyConverter from pitch 48 to 83: nothing new, the end of a note, 36 pitches
const spec = {
  type: 'MusicRNN',
  dataConverter: { type: 'MelodyConverter', args: { minPitch: 48, maxPitch: 83 } }
}
const melody = {
  notes: [{ pitch: 60, quantizedStartStep: 0, quantizedEndStep: 2 }],
  totalQuantizedSteps: 2,
  quantizationInfo: { stepsPerQuarter: 4 }
}

/**
 * Measures it in a process of its own: two versions of TensorFlow.js in one share their engine.
 *
 * @returns `{ units, backend, temperature, steps, seconds, stepsPerSecond }`; undefined without VGM_MAGENTA.
 */
export async function runMagenta({ units = 512, backend = 'cpu' } = {}) {
  if (!process.env.VGM_MAGENTA) return undefined
  const { stdout } = await promisify(execFile)(process.execPath, [file, String(units), backend])
  return JSON.parse(stdout.trim().split('\n').at(-1))
}

async function measure(folder, units, backend, steps = 256, runs = 5) {
  const require = createRequire(join(resolve(folder), 'package.json'))
  if (backend === 'wasm') {
    delete globalThis.fetch // Node has it since 18; this backend takes it for a browser's
    require('@tensorflow/tfjs-backend-wasm')
  }
  await require('@tensorflow/tfjs').setBackend(backend)
  const { MusicRNN } = require('@magenta/music/node/music_rnn')
  const server = await serveWeights(units)
  const model = new MusicRNN(`http://127.0.0.1:${server.address().port}`, spec)
  await model.initialize()
  server.close()
  const temperature = backend === 'wasm' ? 0 : 1
  const seconds = []
  for (let run = -1; run < runs; run++) {
    const start = performance.now()
    const { totalQuantizedSteps } = await model.continueSequence(melody, steps, temperature)
    if (totalQuantizedSteps !== steps) throw new Error(`expected ${steps} steps, got ${totalQuantizedSteps}`)
    if (run >= 0) seconds.push((performance.now() - start) / 1000)
  }
  return { units, backend, temperature, steps, seconds, stepsPerSecond: steps / median(seconds) }
}

/** A server of a checkpoint as MusicRNN reads it, with the weights of one layer drawn at random. */
async function serveWeights(units) {
  const layer = 'rnn/multi_rnn_cell/cell_0/basic_lstm_cell'
  const weights = [
    { name: `${layer}/kernel`, shape: [events + units, 4 * units], dtype: 'float32' },
    { name: `${layer}/bias`, shape: [4 * units], dtype: 'float32' },
    { name: 'fully_connected/weights', shape: [units, events], dtype: 'float32' },
    { name: 'fully_connected/biases', shape: [events], dtype: 'float32' }
  ]
  const size = weights.reduce((total, { shape: [rows, columns = 1] }) => total + rows * columns, 0)
  const values = Float32Array.from({ length: size }, (_, k) => Math.sin(k * k) / 20)
  const manifest = JSON.stringify([{ paths: ['weights'], weights }])
  const server = createServer(({ url }, response) => {
    response.end(url.endsWith('.json') ? manifest : Buffer.from(values.buffer))
  })
  await new Promise(done => server.listen(0, '127.0.0.1', done))
  return server
}

if (process.argv[1] === file) {
  const [units = '512', backend = 'cpu'] = process.argv.slice(2)
  const folder = process.env.VGM_MAGENTA
  if (folder) console.log(JSON.stringify(await measure(folder, Number(units), backend)))
  else console.log('skipped: VGM_MAGENTA names no folder with @magenta/music')
}
