/**
 * `node bench/steering.mjs MODEL DATA [SVG]`: composes 30 positive, 30 negative and 30 unsteered pieces of 1,000 words with
 * `vgm generate`, lets every probe of the model judge them with `vgm analyze`, and sets their statistics beside the music in
 * the folder DATA. `DATA` is VGMIDI 0.1's `unlabelled/train`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chart } from '@vgm/charts'
import { parseMidi } from '@vgm/encoding'
import { describeWindows, featureNames, form, formMeasures } from '@vgm/features'

const [model, music, plotFile] = process.argv.slice(2)
if (music === undefined) {
  console.error('usage: node bench/steering.mjs MODEL DATA [SVG]')
  process.exit(2)
}
const main = join(import.meta.dirname, '../packages/cli/dist/main.js')
const sentiments = ['positive', 'negative', 'unsteered']
const count = 30
const words = 1000
const columns = [...featureNames, ...formMeasures]
const statistics = {
  'notes per step': 'note-density-per-step',
  'simultaneous pitches': 'average-number-of-simultaneous-pitches',
  'share of silence': 'complete-rests-fraction',
  'share of bars that come back': 'repeated-bars',
  'mean pitch': 'mean-pitch',
  'tempo, BPM': 'mean-tempo',
  velocity: 'mean-loudness',
  'major triads, share of sounding time': 'major-harmony',
  'minor triads, share of sounding time': 'minor-harmony',
  ...Object.fromEntries(formMeasures.map(measure => [`form: ${measure}`, measure]))
}

function vgm(...args) {
  return execFileSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore']
  })
}

const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length

/** Half the width of a mean's 95 % interval: Student's t for 29 degrees of freedom. */
function halfWidth(values) {
  const m = mean(values)
  const variance = values.reduce((sum, value) => sum + (value - m) ** 2, 0) / (values.length - 1)
  return 2.045 * Math.sqrt(variance / values.length)
}

/** Wilson's 95 % interval of a share. */
function wilson(hits, n) {
  const z = 1.96
  const p = hits / n
  const centre = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n)
  const half = (z * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n)
  return `${Math.round(100 * p)} % (${Math.round(100 * (centre - half))}–${Math.round(100 * (centre + half))})`
}

/** How probable it is that a positive piece is judged above a negative one. */
function auc(positive, negative) {
  const wins = positive.flatMap(p => negative.map(n => (p > n ? 1 : p === n ? 0.5 : 0)))
  return mean(wins)
}

function quantiles(values) {
  const sorted = values.filter(value => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return '–'
  return [0.1, 0.5, 0.9]
    .map(share => Number(sorted[Math.floor(share * (sorted.length - 1))].toPrecision(3)))
    .join(' / ')
}

/** The means of a file's descriptors over its phrases of four bars, and its form. */
function describeFile(file) {
  const score = parseMidi(readFileSync(file))
  const rows = [...describeWindows(score, { bars: 4 })]
  const measured = form(score)
  return [
    ...featureNames.map((_, column) => mean(rows.map(({ values }) => values[column]))),
    ...formMeasures.map(measure => (measured[measure] === null ? null : Number(measured[measure])))
  ]
}

function describeFolder(folder) {
  const files = readdirSync(folder).filter(file => file.endsWith('.mid'))
  return files.flatMap(file => {
    try {
      return [describeFile(join(folder, file))]
    } catch {
      return [] // no notes
    }
  })
}

const folder = mkdtempSync(join(tmpdir(), 'vgm-steering-'))
try {
  for (const [index, sentiment] of sentiments.entries()) {
    const steered = sentiment === 'unsteered' ? [] : ['--sentiment', sentiment]
    const size = ['--count', `${count}`, '--words', `${words}`, '--seed', `${index + 1}`]
    vgm('generate', '--model', model, ...size, ...steered, '--out', join(folder, sentiment))
  }
  const probes = readdirSync(join(model, 'probes')).map(file => file.replace(/\.json$/, ''))
  const curves = {}
  console.log(
    `| judge | positive | negative | unsteered | apart | AUC | positive judged right | negative judged right |\n|${'---|'.repeat(8)}`
  )
  for (const probe of probes) {
    const judged = sentiments.map(sentiment =>
      JSON.parse(vgm('analyze', join(folder, sentiment), '--model', model, '--probe', probe, '--json'))
    )
    const [positive, negative, unsteered] = judged.map(pieces => pieces.map(({ probability }) => probability))
    curves[probe] = judged.map(pieces => pieces.map(({ curve }) => curve))
    const cells = [positive, negative, unsteered].map(
      values => `${mean(values).toFixed(3)} ± ${halfWidth(values).toFixed(3)}`
    )
    const right = [positive.filter(p => p > 0.5).length, negative.filter(p => p <= 0.5).length]
    const apart = (mean(positive) - mean(negative)).toFixed(3)
    console.log(
      `| ${[probe, ...cells, apart, auc(positive, negative).toFixed(3), ...right.map(hits => wilson(hits, count))].join(' | ')} |`
    )
  }
  const described = [
    ...sentiments.map(sentiment => describeFolder(join(folder, sentiment))),
    describeFolder(music)
  ]
  console.log(`\n| | ${[...sentiments, 'real music'].join(' | ')} |\n|${'---|'.repeat(5)}`)
  for (const [name, descriptor] of Object.entries(statistics)) {
    const column = columns.indexOf(descriptor)
    console.log(
      `| ${[name, ...described.map(rows => quantiles(rows.map(row => row[column])))].join(' | ')} |`
    )
  }
  if (plotFile !== undefined) writeFileSync(plotFile, plot(curves))
} finally {
  rmSync(folder, { recursive: true })
}

/** The mean curves over the bars, of the judge that was never asked before and of the one that was. */
function plot(curves) {
  const bars = 24
  // Stretches with few notes are not in a curve, and short pieces are over: a mean is of half the pieces at least.
  const at = (pieces, bar) =>
    pieces.flatMap(curve => curve.filter(phrase => phrase.bar === bar).map(({ probability }) => probability))
  const line = (pieces, style) => ({
    kind: 'line',
    points: Array.from({ length: bars }, (_, index) => [index + 1, at(pieces, index + 1)])
      .filter(([, found]) => found.length >= pieces.length / 2)
      .map(([bar, found]) => [bar, mean(found)]),
    ...style
  })
  const [positive, negative, unsteered] = curves['music-second']
  return chart({
    title: 'Valence of 30 composed pieces each, bar by bar, by an unseen judge',
    x: { label: 'four bars from bar' },
    y: { label: 'probability of positive', domain: [0, 1] },
    layers: [
      { kind: 'rule', y: 0.5 },
      line(positive, { name: 'positive', color: '#0072b2', width: 2 }),
      line(unsteered, { name: 'unsteered', color: '#999999', width: 1 }),
      line(negative, { name: 'negative', color: '#d55e00', width: 2 })
    ]
  })
}
