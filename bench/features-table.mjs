/**
 * `node bench/features-table.mjs`: the two tables of docs/features.md. What every descriptor is, and its means over the
 * positive and the negative phrases of VGMIDI 0.1 with two effect sizes.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseMidi } from '@vgm/encoding'
import { describe, featureDefinitions, featuresVersion } from '@vgm/features'

const data = join(
  process.env.VGM_DATA ?? join(import.meta.dirname, '../../shared/data'),
  'vgmidi-0.1/labelled'
)

/** The labelled phrases: label 1 or −1, piece, values. */
async function readPhrases() {
  const phrases = []
  for (const split of ['train', 'test']) {
    const text = await readFile(join(data, `vgmidi_sent_${split}.csv`), 'utf8')
    for (const row of text.trim().split(/\r?\n/).slice(1)) {
      const [label, piece, path] = row.split(',')
      const score = parseMidi(new Uint8Array(await readFile(join(data, `${path}.mid`))))
      phrases.push({ label: Number(label), piece, values: describe(score.notes, score).values })
    }
  }
  return phrases
}

/** The phrases of one piece and one label averaged, since phrases of one piece are alike. */
function averageByPiece(phrases) {
  const groups = [...groupBy(phrases, ({ piece, label }) => `${piece} ${label}`).values()]
  return groups.map(group => ({
    label: group[0].label,
    values: featureDefinitions.map((_, index) => mean(group.map(({ values }) => values[index])))
  }))
}

function groupBy(items, keyOf) {
  const groups = new Map()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values) {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}

/** Cohen's d: the difference of the means over the pooled standard deviation. */
function effectSize(positive, negative) {
  const freedom = [positive.length - 1, negative.length - 1]
  const pooled =
    (freedom[0] * variance(positive) + freedom[1] * variance(negative)) / (freedom[0] + freedom[1])
  return pooled === 0 ? 0 : (mean(positive) - mean(negative)) / Math.sqrt(pooled)
}

function byLabel(rows, index) {
  return [1, -1].map(label => rows.filter(row => row.label === label).map(({ values }) => values[index]))
}

const bound = value =>
  Number.isFinite(value) ? String(Number(value.toPrecision(4))) : value > 0 ? '∞' : '−∞'
const short = value => String(Number(value.toPrecision(3))).replace('-', '−')
const signed = value => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`

console.log(`Version ${featuresVersion}, ${featureDefinitions.length} descriptors.\n`)
console.log('| descriptor | unit | range | source | |\n|---|---|---|---|---|')
for (const { name, unit, range, source, description } of featureDefinitions) {
  const ends = range.map(bound).map(text => text.replace('-', '−'))
  console.log(`| \`${name}\` | ${unit} | ${ends.join(' … ')} | ${source} | ${description} |`)
}

const phrases = await readPhrases()
const pieces = averageByPiece(phrases)
const [positive, negative] = byLabel(phrases, 0).map(group => group.length)
const [positivePieces, negativePieces] = byLabel(pieces, 0).map(group => group.length)
console.log(
  `\n${positive} positive phrases of ${positivePieces} pieces, ${negative} negative ones of ${negativePieces}.\n`
)
console.log('| descriptor | positive | negative | d, phrases | d, pieces |\n|---|--:|--:|--:|--:|')
const rows = featureDefinitions.map(({ name }, index) => {
  const groups = byLabel(phrases, index)
  const overPieces = effectSize(...byLabel(pieces, index))
  return { name, means: groups.map(mean), overPhrases: effectSize(...groups), overPieces }
})
for (const row of rows.toSorted((a, b) => Math.abs(b.overPieces) - Math.abs(a.overPieces))) {
  const cells = [...row.means.map(short), signed(row.overPhrases), signed(row.overPieces)]
  console.log(`| \`${row.name}\` | ${cells.join(' | ')} |`)
}
