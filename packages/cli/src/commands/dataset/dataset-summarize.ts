import type { PieceReport, SummaryRule } from '@vgm/dataset/node'
import { command } from '../../flags/command.js'
import { json } from '../../flags/options.js'
import { integer, number, oneOf, text, type Values } from '../../flags/values.js'
import { UsageError } from '../../terminal/errors.js'
import { withProgress } from '../../terminal/progress.js'
import type { Row } from '../../terminal/table.js'
import { print } from '../../terminal/text.js'

const clusterOptions = {
  window: integer('bars', 'clusters: moving average (default: 2)'),
  band: integer('bars', 'clusters: how far time may warp (default: any)', { min: 0 }),
  method: oneOf(
    'name',
    ['complete-linkage', 'medoids'],
    'clusters: how to find them (default: complete-linkage)'
  ),
  maxBars: integer('n', 'clusters: the longest phrase (default: 4)')
}

const signOptions = {
  threshold: number('x', 'sign: up to here a bar is ambiguous (default: 0.1)', {
    range: 'above 0, at most 1'
  }),
  maxVariance: number('x', 'sign: annotations that vary more are left out (default: 0.1)', {
    range: 'above 0, at most 4'
  })
}

const options = {
  out: text('folder', 'folder to write; new or empty', { isRequired: true }),
  rule: oneOf('name', ['sign', 'clusters', 'vgmidi-0.1'], 'how', { default: 'clusters' }),
  ...clusterOptions,
  ...signOptions,
  json
}

type SummarizeFlags = Values<typeof options>

const help = `
Examples:
  vgm dataset summarize vgmidi_raw_1.json midi --out phrases
  vgm dataset summarize annotations midi --out phrases --rule sign

Rules:
  clusters    the paper's: three clusters of listeners, without the noisiest the largest, its mean (default)
  vgmidi-0.1  the same as the program that made VGMIDI 0.1 has it: the quieter of the two largest
  sign        VGMIDI 0.2's: the larger of the positive and the negative listeners, on valence and arousal

The folder holds phrases/*.mid, phrases.csv and plots/*.svg; if anything goes wrong, nothing is written.`

/** `vgm dataset summarize`. */
export const summarize = command({
  name: 'summarize',
  description: "Turn listeners' annotations of pieces into labelled phrases.",
  arguments: [
    ['<annotations>', 'JSON file of raw annotations, or a folder of them'],
    ['<midi-folder>', 'folder with the MIDI files that the annotations name']
  ],
  options,
  help,
  run
})

async function run(
  path: string,
  midiFolder: string,
  flags: SummarizeFlags,
  signal: AbortSignal
): Promise<void> {
  refuseForeignOptions(flags)
  const { out } = flags
  const { readAnnotations, writeSummary } = await import('@vgm/dataset/node')
  const { alignedTable } = await import('../../terminal/table.js')
  const rule = await ruleOf(flags)
  const annotations = await readAnnotations(path)
  const total = annotations.reduce((sum, file) => sum + file.pieces.length, 0)
  const reports = await withProgress('Summarizing', ({ show }) => {
    let done = 0
    const onPiece = () => show({ phase: 'summarizing', done: ++done, total, unit: 'pieces' })
    return writeSummary({ annotations, midiFolder, out, rule, signal, onPiece })
  })
  print(flags.json, reports, `${alignedTable(summaryRows(reports))}\n${totalOf(reports)}\nwrote ${out}\n`)
}

function refuseForeignOptions(flags: SummarizeFlags): void {
  const foreign = Object.keys(flags.rule === 'sign' ? clusterOptions : signOptions).find(
    name => name in flags
  )
  if (foreign === undefined) return
  const option = foreign.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${option} does nothing with --rule ${flags.rule}`)
}

async function ruleOf(flags: SummarizeFlags): Promise<SummaryRule> {
  const { rule, threshold, maxVariance, window, band, method, maxBars } = flags
  if (rule === 'sign') return { rule, options: { threshold, maxVariance } }
  const published = rule === 'vgmidi-0.1' ? (await import('@vgm/dataset')).vgmidi01Rule : {}
  return { rule: 'clusters', options: { ...published, window, band, method, maxBars } }
}

const rounded = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2))

function summaryRows(reports: readonly PieceReport[]): Row[] {
  return reports.map(({ alpha, correlation, ...counts }) => ({
    ...counts,
    alpha: rounded(alpha),
    correlation: rounded(correlation)
  }))
}

function totalOf(reports: readonly PieceReport[]): string {
  const sum = (key: 'phrases' | 'positive' | 'negative') =>
    reports.reduce((total, report) => total + report[key], 0)
  return `${sum('phrases')} phrases of ${reports.length} pieces: ${sum('positive')} positive, ${sum('negative')} negative`
}
