/**
 * `node bench/form.mjs FOLDER …`: the form of the MIDI files of each folder beside that of real music, medians over pieces
 * with 95 % intervals, and how well a classifier tells them from real music. A folder of 60 pieces:
 * `vgm generate --count 60 --seed 1 --out FOLDER`.
 */
import { basename } from 'node:path'
import { realOrComposed } from '@vgm/emotion'
import { decode, encode } from '@vgm/encoding'
import { compareForm, copied, form, formMeasures, runsOf, summarizeForms } from '@vgm/features'
import { bootstrapInterval } from '@vgm/probe'
import { data, readMusic } from './measure-form.mjs'

const folders = process.argv.slice(2)
if (folders.length === 0) {
  console.error('usage: node bench/form.mjs FOLDER …')
  process.exit(2)
}

/** As the model reads music: in time steps, and in bars of sixteen of them, whatever the metre. */
const read = folder => readMusic(folder).map(score => decode(encode(score)))
const percent = share => (100 * share).toFixed(0)
const short = value => String(Number(value.toFixed(2)))
const spread = (value, [low, high], format) => `${format(value)} [${format(low)}, ${format(high)}]`

/** A cell for each measure; `*` marks what is outside of real music's 10–90 %. */
function cellsOf(pieces, index) {
  const forms = pieces.map(piece => ({ ...form(piece), copied: copied(piece, index) }))
  const rows = compareForm(summarizeForms(forms)).map(({ measure, value, isOutside }) => {
    const measured = forms.filter(each => each[measure] !== null)
    if (value === null) return '–'
    const interval = bootstrapInterval([measured], ([drawn]) => summarizeForms(drawn)[measure])
    return `${spread(value, interval, short)}${isOutside ? ' *' : ''}`
  })
  const middle = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
  const shares = forms.map(each => each.copied)
  return [
    ...rows,
    spread(
      middle(shares),
      bootstrapInterval([shares], ([drawn]) => middle(drawn)),
      short
    )
  ]
}

const unlabelled = `${data}/vgmidi-0.1/unlabelled`
const index = runsOf(read(`${unlabelled}/train`))
const real = read(`${unlabelled}/test`)
const columns = ['', 'pieces', ...formMeasures, 'copied', 'told from real music, %']
console.log(`| ${columns.join(' | ')} |\n|${'---|'.repeat(columns.length)}`)
console.log(`| real music | ${[real.length, ...cellsOf(real, index), ''].join(' | ')} |`)
for (const folder of folders) {
  const pieces = read(folder)
  const { accuracy, interval } = await realOrComposed(real, pieces)
  const cells = [pieces.length, ...cellsOf(pieces, index), spread(accuracy, interval, percent)]
  console.log(`| ${basename(folder)} | ${cells.join(' | ')} |`)
}
