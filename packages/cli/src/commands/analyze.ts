import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { on, text, type Values } from '../flags/values.js'
import { withProgress } from '../terminal/progress.js'

const options = {
  model: text('dir', 'model folder that the probe is of; pretrained is the shipped one', {
    default: 'pretrained'
  }),
  probe: text('name', 'a probe of the model folder, or a file that vgm probe wrote', { default: 'music' }),
  out: text('path', 'write curves: one chart in a file that ends in .svg, or a chart each in a folder'),
  form: on('measure the form of each piece instead: what returns, how tonal it is, how it ends'),
  engine: common.engine,
  csv: common.csv,
  ...common.midiFlags,
  json: common.json
}

const help = `
Examples:
  vgm analyze tune.mid --out tune.svg             the curve over its bars, too
  vgm analyze music --csv > verdicts.csv          every MIDI file of a folder, subfolders included
  vgm analyze tune.mid --probe valence            judged by the states of the model
  vgm analyze tune.mid --form                     what returns, how tonal it is, how it ends, beside real music

The shipped model has the probes music, music-first, music-second, valence and valence-distilled. The first three judge
without a model, so every model has them.

A probe judges every four bars, from each bar on; stretches of fewer than 8 notes are left out. The probability that a piece is
positive is the mean of theirs; above 0.5 it counts as positive. Where nothing is left, the piece is judged as a whole; one of
fewer than 8 notes is too short to judge. Percussion (channel 10) is left out, and notes in unison count once. Files that cannot
be analyzed are skipped with a line on standard error; the exit code is 1 if one of them was named, or nothing of a folder could
be analyzed.`

/** `vgm analyze`. */
export const analyze = command({
  name: 'analyze',
  description: 'Tell how positive music is, as a whole and bar by bar.',
  arguments: [common.filesArgument],
  options,
  help,
  run
})

async function run(
  paths: readonly string[],
  flags: Values<typeof options>,
  signal: AbortSignal
): Promise<void> {
  const { analyzeFiles } = await import('../inputs/analyze-files.js')
  const { openJudge } = await import('../inputs/open-judge.js')
  const { findMidiFiles, requireNoMiss } = await import('../inputs/midi-sources.js')
  const { modelFolder, readModel } = await import('../inputs/open-model.js')
  const { planCharts } = await import('../views/write-analyses.js')
  const { analysisRow, formRows } = await import('@vgm/emotion')
  const { tableOf } = await import('../terminal/table.js')
  const judge = await openJudge(flags.probe, {
    model: () => readModel(flags.model),
    folder: await modelFolder(flags.model),
    engine: async () => (await import('../inputs/open-engine.js')).openEngine(flags)
  })
  const sources = await findMidiFiles(paths)
  const writeCharts = flags.out === undefined ? undefined : await planCharts(flags.out, sources)
  const { analyses, missed } = await withProgress('analyzing', ({ show, log }) =>
    analyzeFiles(sources, {
      ...common.midiReading(flags),
      judge,
      signal,
      withForm: flags.form ?? false,
      onProgress: show,
      log
    })
  )
  const charts = (await writeCharts?.(analyses)) ?? []
  const { json, csv, form = false } = flags
  const rows = form ? analyses.flatMap(formRows) : analyses.map(analysisRow)
  process.stdout.write(json ? `${JSON.stringify(analyses)}\n` : await tableOf(rows, csv))
  const report = json || csv ? process.stderr : process.stdout
  report.write(charts.map(file => `wrote ${file}\n`).join(''))
  requireNoMiss(missed, 'analyzed')
}
