import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from '@vgm/encoding'
import { matrixLimit, productsPerWord } from './matrix-limit.mjs'
import { format, median } from './measure.mjs'
import { runMagenta } from './peers/magenta.mjs'
import { findTorch, runTorch } from './peers/torch.mjs'

const embedding = 64
const vocabularySize = 225

/** Runs a script of ours in a process of its own. */
function runOurs(args, stdin, script = 'ours.mjs') {
  return new Promise((resolve, reject) => {
    const command = [join(import.meta.dirname, script), ...args.map(String)]
    const child = execFile(process.execPath, command, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(JSON.parse(stdout))
    )
    child.stdin.end(stdin === undefined ? '' : JSON.stringify(stdin))
  })
}

const flags = options => Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])

/** Measures contestants one after another, and gives a row for each with its ratio to the first peer. */
async function compare(work, size, contestants) {
  const found = []
  for (const [name, measure] of Object.entries(contestants)) {
    const result = await measure()
    if (result === undefined) continue
    found.push({
      name,
      rate: result.words / median(result.seconds),
      memory: result.peakRssMb,
      note: result.note
    })
  }
  const torch = found.find(({ name }) => name === 'PyTorch eager')
  return found.map(({ name, rate, memory, note = '' }) => [
    `${work}: ${name}`,
    size,
    `${format(rate)} words/s${note}`,
    torch === undefined || name === torch.name ? '' : `${format(rate / torch.rate)} × PyTorch`,
    memory === undefined ? '' : `${format(memory)} MB`
  ])
}

async function torch(work, options, stdin) {
  if ((await findTorch()) === undefined) return undefined
  return runTorch([work, ...flags({ ...options, threads: 'best', runs: 7 })], { stdin })
}

/** Whole training steps, beside PyTorch and eager tfjs, and as a share of what the machine's products allow. */
export async function benchTrain(units) {
  const options = { units, batch: 32, window: 256 }
  const limit = (await matrixLimit(8192, units)) / (3 * productsPerWord({ embedding, units, vocabularySize }))
  const share = result => ({
    ...result,
    note: ` (${Math.round((100 * result.words) / median(result.seconds) / limit)} % of the limit)`
  })
  const rows = await compare('train', `${units} units, B 32, T 256`, {
    'tfjs-onnx': async () => share(await runOurs(['train', ...flags({ ...options, runs: 7 })])),
    'PyTorch eager': () => torch('train', options),
    'eager tfjs-wasm, T 32': () => runOurs(['train', ...flags({ ...options, window: 32, engine: 'wasm' })])
  })
  const limitRow = [
    'train: limit of the matrix products',
    `${units} units`,
    `${format(limit)} words/s`,
    '',
    ''
  ]
  return [...rows, limitRow]
}

/** Training steps and one piece of the transformer that is shipped. */
export async function benchTransformer() {
  const ours = (work, options = {}) => runOurs([work, ...flags(options)], undefined, 'ours-transformer.mjs')
  const torch = async () =>
    (await findTorch()) && runTorch(flags({ runs: 5 }), { script: 'torch_transformer.py' })
  const size = '4 × 256'
  return [
    ...(await compare('train the transformer', `${size}, B 4, T 1,024`, {
      'tfjs-onnx': () => ours('train'),
      'PyTorch eager': torch
    })),
    ...(await compare('generate one piece, the transformer', size, {
      'tfjs-onnx f32': () => ours('generate'),
      'tfjs-onnx int8': () => ours('generate', { engine: 'int8' }),
      'eager tfjs-wasm': () => ours('generate', { engine: 'wasm', words: 200 })
    }))
  ]
}

/** One piece. */
export async function benchOnePiece(units) {
  const options = { units, batch: 1, words: 2000 }
  const magenta = async () => {
    const result = await runMagenta({ units, backend: 'cpu' })
    return result && { seconds: result.seconds, words: result.stepsPerSecond * median(result.seconds) }
  }
  return compare('generate one piece', `${units} units`, {
    'tfjs-onnx f32': () => runOurs(['generate', ...flags(options)]),
    'tfjs-onnx int8': () => runOurs(['generate', ...flags({ ...options, engine: 'int8' })]),
    'PyTorch eager': () => torch('generate', { ...options, words: 500 }),
    'eager tfjs-wasm': () => runOurs(['generate', ...flags({ ...options, words: 300, engine: 'wasm' })]),
    '@magenta/music MusicRNN (steps)': magenta
  })
}

/** 3,000 pieces side by side. */
export async function benchManyPieces(units) {
  const rows = 3000
  const options = { units, batch: rows, words: 30 }
  const perWord = productsPerWord({ embedding: 0, units, vocabularySize })
  const [f32, int8] = [await matrixLimit(rows, units), await matrixLimit(rows, units, 'int8')]
  const measured = await compare('generate 3,000 pieces', `${units} units`, {
    'tfjs-onnx f32': () => runOurs(['generate', ...flags(options)]),
    'tfjs-onnx int8': () => runOurs(['generate', ...flags({ ...options, engine: 'int8' })]),
    'PyTorch eager': () => torch('generate', options),
    'eager tfjs-wasm': () => runOurs(['generate', ...flags({ ...options, words: 3, engine: 'wasm' })])
  })
  const limits = [
    ['f32', f32],
    ['int8', int8]
  ].map(([name, rate]) => [
    `generate 3,000 pieces: limit of the matrix products, ${name}`,
    `${units} units`,
    `${format(rate / perWord)} words/s`,
    '',
    ''
  ])
  return [...measured, ...limits]
}

/** A generation of the paper's search: 100 individuals, each with 30 pieces of 256 words, beside one piece after another. */
export async function benchPopulation(units) {
  const options = { units, words: 256, steered: 30 }
  const run = more => runOurs(['generate', ...flags({ ...options, ...more })])
  const found = {
    'side by side, f32': await run({ batch: 3000, runs: 1 }),
    'side by side, int8': await run({ batch: 3000, runs: 1, engine: 'int8' }),
    'one piece after another, f32': await run({ batch: 1, runs: 5 })
  }
  const rates = Object.entries(found).map(([name, { words, seconds, peakRssMb }]) => {
    return { name, rate: words / median(seconds), peakRssMb }
  })
  const alone = rates.at(-1).rate
  return rates.map(({ name, rate, peakRssMb }) => [
    `a population of 100: ${name}`,
    `${units} units, 768,000 words`,
    `${format(rate)} words/s, ${format(768_000 / rate)} s`,
    `${format(rate / alone)} × one after another`,
    `${format(peakRssMb)} MB`
  ])
}

/** Final states of the labelled phrases. */
export async function benchStates(units, data) {
  const folder = join(data, 'vgmidi-0.1/labelled')
  const lists = ['vgmidi_sent_train.csv', 'vgmidi_sent_test.csv'].map(name => join(folder, name))
  const tables = await Promise.all(lists.map(list => readFile(list, 'utf8'))).catch(() => undefined)
  if (tables === undefined) return [['states', `skipped: no ${folder}`, '', '', '']]
  const lines = tables.flatMap(table => table.trim().split(/\r?\n/).slice(1))
  const lengths = []
  for (const line of lines) {
    const file = join(folder, `${line.split(',')[2]}.mid`)
    lengths.push(encode(new Uint8Array(await readFile(file))).length)
  }
  const size = `${units} units, ${lengths.length} phrases`
  return compare('states', size, {
    'tfjs-onnx': () => runOurs(['states', ...flags({ units })], lengths),
    'PyTorch eager': () => torch('states', { units }, lengths)
  })
}
