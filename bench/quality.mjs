/**
 * `node bench/quality.mjs MODEL [SVG]`: what a hundred composed pieces are like in numbers, beside the music that the
 * model was trained on, as a table and as a plot.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openComposer } from '@vgm/composer'
import { decode, encode, vocabulary } from '@vgm/encoding'
import { form, formMeasures } from '@vgm/features'
import { mlstm } from '@vgm/mlstm'
import { loadModel } from '@vgm/nn'
import { folder } from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'

const [modelFolder, plotFile] = process.argv.slice(2)
if (modelFolder === undefined) {
  console.error('usage: node bench/quality.mjs MODEL [SVG]')
  process.exit(2)
}
const data = process.env.VGM_DATA ?? join(import.meta.dirname, '../../shared/data')
const longest = 2000 // words; of training pieces, too
/** Not how far away bars return: in most composed pieces none does. */
const measures = formMeasures.filter(measure => measure !== 'returnDistance')

/** One piece in numbers. */
function describe(ids) {
  const pitches = []
  const tempos = []
  const classes = new Array(12).fill(0)
  let steps = 0
  let onsets = 0
  let sounds = false
  for (const id of ids) {
    const word = vocabulary.words[id]
    const number = Number(word.slice(2))
    if (word.startsWith('n_')) {
      pitches.push(number)
      classes[number % 12]++
      sounds = true
    } else if (word.startsWith('t_')) tempos.push(number)
    else if (word === '.') {
      steps++
      if (sounds) onsets++
      sounds = false
    }
  }
  const seen = new Set()
  let repeated = 0
  for (let k = 0; k + 8 <= ids.length; k++) {
    const sequence = ids.slice(k, k + 8).join(' ')
    if (seen.has(sequence)) repeated++
    seen.add(sequence)
  }
  const commonest = classes.toSorted((a, b) => b - a).slice(0, 7)
  const mean = pitches.reduce((sum, pitch) => sum + pitch, 0) / pitches.length
  const measured = form(decode(ids))
  return {
    'notes per time step': pitches.length / steps,
    'share of steps in which a note begins': onsets / steps,
    'mean pitch': mean,
    'lowest pitch': Math.min(...pitches),
    'highest pitch': Math.max(...pitches),
    "share of notes on the piece's seven commonest pitch classes":
      commonest.reduce((a, b) => a + b) / pitches.length,
    'share of 8-word sequences that were there before': repeated / (ids.length - 7),
    'first tempo, BPM': tempos[0] ?? 0,
    'tempo spread, BPM': tempos.length === 0 ? 0 : Math.max(...tempos) - Math.min(...tempos),
    ...Object.fromEntries(
      measures.map(measure => [
        `form: ${measure}`,
        measured[measure] === null ? Number.NaN : Number(measured[measure])
      ])
    )
  }
}

function quantile(values, share) {
  const sorted = values.filter(value => !Number.isNaN(value)).sort((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))]
}

const model = await loadModel(folder(modelFolder), { architectures: [mlstm], vocabulary })
const composer = await openComposer({ model, engine: await onnxEngine() })
const composed = await composer.composeAll({ seed: 1, count: 100, maxWords: longest })
const pieces = composed.filter(piece => !(piece instanceof Error))
const music = join(data, 'vgmidi-0.1/unlabelled/train')
const real = []
for (const name of await readdir(music)) {
  if (name.endsWith('.mid'))
    real.push(encode(new Uint8Array(await readFile(join(music, name)))).slice(0, longest))
}
const groups = { composed: pieces.map(({ words }) => describe(words)), 'training music': real.map(describe) }
const shares = [0.1, 0.5, 0.9]
const ended = pieces.filter(piece => !piece.isCut).length
console.log(`${ended} of ${pieces.length} pieces ended within ${longest} words; 10 % / median / 90 %:\n`)
console.log(`| | ${Object.keys(groups).join(' | ')} |`)
console.log('|---|---|---|')
const names = Object.keys(groups.composed[0])
const quantiles = name =>
  Object.values(groups).map(group =>
    shares.map(share =>
      quantile(
        group.map(piece => piece[name]),
        share
      )
    )
  )
for (const name of names) {
  const cells = quantiles(name).map(values => values.map(value => Number(value.toPrecision(3))).join(' / '))
  console.log(`| ${name} | ${cells.join(' | ')} |`)
}

if (plotFile !== undefined) {
  const rowHeight = 46
  const [left, width] = [380, 340]
  const colours = ['#d62728', '#1f77b4']
  const rows = names.map((name, row) => {
    const found = quantiles(name)
    const [low, high] = [Math.min(...found.flat()), Math.max(...found.flat())]
    const x = value => left + (high === low ? 0 : ((value - low) / (high - low)) * width)
    const y = 40 + row * rowHeight
    const bars = found.map(([from, middle, to], k) => {
      const at = y + k * 14
      return (
        `<line x1="${x(from)}" x2="${x(to)}" y1="${at}" y2="${at}" stroke="${colours[k]}" stroke-width="4"/>` +
        `<circle cx="${x(middle)}" cy="${at}" r="5" fill="${colours[k]}"/>`
      )
    })
    const ends = [low, high].map((value, k) => {
      const anchor = k === 0 ? 'start' : 'end'
      return `<text x="${left + k * width}" y="${y + 30}" fill="#888" font-size="10" text-anchor="${anchor}">${Number(value.toPrecision(3))}</text>`
    })
    return `<text x="${left - 16}" y="${y + 10}" text-anchor="end">${name}</text>${bars.join('')}${ends.join('')}`
  })
  const legend = Object.keys(groups).map(
    (name, k) => `<text x="${left + k * 100}" y="18" fill="${colours[k]}">${name}</text>`
  )
  const height = 40 + names.length * rowHeight
  await writeFile(
    plotFile,
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 20} ${height}" font-family="sans-serif" font-size="12"><title>Composed pieces beside training music</title><rect width="100%" height="100%" fill="#fff"/>${legend.join('')}${rows.join('')}</svg>\n`
  )
}
