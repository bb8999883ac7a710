import type { ClusterRuleOptions } from '@vgm/dataset'
import type { PieceReport, SummaryRule } from '@vgm/dataset/node'
import { Command, Option } from 'commander'
import { integer, jsonOption, positive } from '../../flags/options.js'
import { UsageError } from '../../terminal/errors.js'
import { interruptible } from '../../terminal/interrupt.js'
import { withProgress } from '../../terminal/progress.js'
import type { Row } from '../../terminal/table.js'

interface SummarizeFlags {
  readonly out: string
  readonly rule: 'sign' | 'clusters' | 'vgmidi-0.1'
  readonly threshold?: number
  readonly maxVariance?: number
  readonly window?: number
  readonly band?: number
  readonly method?: NonNullable<ClusterRuleOptions['method']>
  readonly maxBars?: number
  readonly json?: boolean
}

const examples = `
Examples:
  vgm dataset summarize vgmidi_raw_1.json midi --out phrases
  vgm dataset summarize annotations midi --out phrases --rule sign
  vgm dataset summarize vgmidi_raw_1.json midi --out phrases --rule vgmidi-0.1 --json

Rules:
  clusters    the paper's: three clusters of listeners, without the noisiest the largest, its mean (default)
  vgmidi-0.1  the same as the program that made VGMIDI 0.1 has it: the quieter of the two largest
  sign        VGMIDI 0.2's: the larger of the positive and the negative listeners, on valence and arousal

The folder holds phrases/*.mid, phrases.csv and plots/*.svg; if anything goes wrong, nothing is written.`

/** `vgm dataset summarize`. */
export function summarizeCommand(): Command {
  return new Command('summarize')
    .description("Turn listeners' annotations of pieces into labelled phrases.")
    .argument('<annotations>', 'JSON file of raw annotations, or a folder of them')
    .argument('<midi-folder>', 'folder with the MIDI files that the annotations name')
    .requiredOption('--out <folder>', 'folder to write; new or empty')
    .addOption(
      new Option('--rule <name>', 'how').choices(['clusters', 'vgmidi-0.1', 'sign']).default('clusters')
    )
    .option('--window <bars>', 'clusters: moving average (default: 2)', integer(1))
    .option('--band <bars>', 'clusters: how far time may warp (default: any)', integer(0))
    .addOption(
      new Option('--method <name>', 'clusters: how to find them (default: complete-linkage)').choices([
        'complete-linkage',
        'medoids'
      ])
    )
    .option('--max-bars <n>', 'clusters: the longest phrase (default: 4)', integer(1))
    .option('--threshold <x>', 'sign: up to here a bar is ambiguous (default: 0.1)', positive(1))
    .option('--max-variance <x>', 'sign: annotations that vary more are left out (default: 0.1)', positive(4))
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(annotationsPath: string, midiFolder: string, flags: SummarizeFlags): Promise<void> {
  refuseForeignOptions(flags)
  const { out } = flags
  const [{ readAnnotations, writeSummary }, { alignedTable }] = await Promise.all([
    import('@vgm/dataset/node'),
    import('../../terminal/table.js')
  ])
  const rule = await ruleOf(flags)
  const annotations = await readAnnotations(annotationsPath)
  const count = annotations.reduce((sum, file) => sum + file.pieces.length, 0)
  const reports = await withProgress({ title: 'Summarizing' }, progress => {
    let finished = 0
    const onPiece = ({ piece }: { readonly piece: string }) =>
      progress.update(++finished / count, `${finished} of ${count} | ${piece}`)
    return interruptible(signal => writeSummary({ annotations, midiFolder, out, rule, signal, onPiece }))
  })
  const text = flags.json
    ? JSON.stringify(reports)
    : `${alignedTable(summaryRows(reports))}\n${totalOf(reports)}\nwrote ${out}`
  process.stdout.write(`${text}\n`)
}

const optionsOf = {
  sign: { threshold: '--threshold', maxVariance: '--max-variance' },
  clusters: { window: '--window', band: '--band', method: '--method', maxBars: '--max-bars' }
} as const

function refuseForeignOptions(flags: SummarizeFlags): void {
  const foreign = Object.entries(optionsOf[flags.rule === 'sign' ? 'clusters' : 'sign'])
  const [, option] = foreign.find(([name]) => name in flags) ?? []
  if (option !== undefined) throw new UsageError(`${option} does nothing with --rule ${flags.rule}`)
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
