import { Command, Option } from 'commander'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../flags/midi-options.js'
import { engineOption, jsonOption } from '../flags/options.js'
import type { Analysis } from '../inputs/analyze-files.js'
import type { EngineChoice } from '../inputs/open-engine.js'
import { interruptible } from '../terminal/interrupt.js'
import { withProgress } from '../terminal/progress.js'

interface AnalyzeFlags extends MidiFlags {
  readonly model: string
  readonly probe: string
  readonly out?: string
  readonly engine: EngineChoice
  readonly form?: boolean
  readonly csv?: boolean
  readonly json?: boolean
}

const examples = `
Examples:
  vgm analyze tune.mid
  vgm analyze tune.mid --out tune.svg             the curve over its bars, too
  vgm analyze music --csv > verdicts.csv          every MIDI file of a folder, subfolders included
  vgm analyze tune.mid --probe valence            judged by the states of the model
  vgm analyze tune.mid --form                     what returns, how tonal it is, how it ends, beside real music

A probe judges every four bars, from each bar on; stretches of fewer than 8 notes are left out. The probability that a piece is
positive is the mean of theirs; above 0.5 it counts as positive. Where nothing is left, the piece is judged as a whole; one of
fewer than 8 notes is too short to judge. Percussion (channel 10) is left out, and notes in unison count once. Files that cannot
be analyzed are skipped with a line on standard error; the exit code is 1 if one of them was named, or nothing of a folder could
be analyzed.`

/** `vgm analyze`. */
export function analyzeCommand(): Command {
  return new Command('analyze')
    .description('Tell how positive music is, as a whole and bar by bar.')
    .argument('<file...>', 'MIDI files or folders of them; - is standard input')
    .option('--model <dir>', 'model folder that the probe is of; pretrained is the shipped one', 'pretrained')
    .option(
      '--probe <name>',
      'a probe of the model folder, or a file that vgm probe wrote. The shipped model has music, music-first, music-second, valence and valence-distilled; the first three judge without a model, so every model has them',
      'music'
    )
    .option(
      '--out <path>',
      'write curves: one chart in a file that ends in .svg, or a chart each in a folder'
    )
    .option('--form', 'measure the form of each piece instead: what returns, how tonal it is, how it ends')
    .addOption(engineOption())
    .addOption(new Option('--csv', 'print comma-separated values with a header line').conflicts('json'))
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((paths: readonly string[], flags: AnalyzeFlags) =>
      interruptible(signal => run(paths, flags, signal))
    )
}

async function run(paths: readonly string[], flags: AnalyzeFlags, signal: AbortSignal): Promise<void> {
  const [{ analyzeFiles }, { openJudge }, { findMidiFiles, requireNoMiss }, { modelFolder, readModel }] =
    await Promise.all([
      import('../inputs/analyze-files.js'),
      import('../inputs/open-judge.js'),
      import('../inputs/midi-sources.js'),
      import('../inputs/open-model.js')
    ])
  const folder = await modelFolder(flags.model)
  const judge = await openJudge(flags.probe, {
    model: () => readModel(flags.model),
    folder,
    engine: async () => (await import('../inputs/open-engine.js')).openEngine(flags.engine)
  })
  const sources = await findMidiFiles(paths)
  const writeCharts =
    flags.out === undefined
      ? undefined
      : await (await import('../views/write-analyses.js')).planCharts(flags.out, sources)
  const { analyses, missed } = await withProgress({ title: 'analyzing' }, progress =>
    analyzeFiles(sources, {
      ...midiReading(flags),
      judge,
      withForm: flags.form ?? false,
      signal,
      onProgress: progress.update,
      log: progress.log
    })
  )
  const charts = (await writeCharts?.(analyses)) ?? []
  process.stdout.write(await textOf(analyses, flags))
  const report = flags.json || flags.csv ? process.stderr : process.stdout
  report.write(charts.map(file => `wrote ${file}\n`).join(''))
  requireNoMiss(missed, 'analyzed')
}

async function textOf(analyses: readonly Analysis[], { json, csv, form }: AnalyzeFlags): Promise<string> {
  if (json) return `${JSON.stringify(analyses)}\n`
  const [{ analysisRows, formRows }, { tableOf }] = await Promise.all([
    import('../views/analysis-rows.js'),
    import('../terminal/table.js')
  ])
  return tableOf(form ? formRows(analyses) : analysisRows(analyses), csv)
}
