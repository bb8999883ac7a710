import { join } from 'node:path'
import {
  type BaselineSettings,
  baselineSettings,
  countPhrases,
  experimentEffort,
  reproduceSentiment,
  type StateReader,
  sentimentRows,
  type TrainClassifier
} from '@vgm/emotion'
import { fitInThread } from '@vgm/emotion/node'
import { vocabulary } from '@vgm/encoding'
import { type MlstmModel, trainClassifier } from '@vgm/mlstm'
import { type Engine, modelStates, reusePrograms } from '@vgm/nn'
import { requireWritable } from '../../flags/output.js'
import type { Values } from '../../flags/values.js'
import { openEngine } from '../../inputs/open-engine.js'
import { readModel } from '../../inputs/open-model.js'
import { readPhrases } from '../../inputs/read-phrases.js'
import { writeOutput } from '../../terminal/files.js'
import { withProgress } from '../../terminal/progress.js'
import { alignedTable, markdownTable } from '../../terminal/table.js'
import type { reproduceOptions } from './reproduce-flags.js'

/** Runs `vgm reproduce sentiment`. */
export async function runReproduceSentiment(
  data: string,
  flags: Values<typeof reproduceOptions>,
  signal: AbortSignal
): Promise<void> {
  const { out, quick = false, c } = flags
  if (out !== undefined) await requireWritable(out)
  const opened = new Map<string, MlstmModel>()
  for (const name of flags.models) opened.set(name, await readModel(name))
  const phrases = await readPhrases([data])
  const engine = await openEngine(flags)
  const models = new Map<string, StateReader>()
  for (const [name, model] of opened) models.set(name, await modelStates(model, async () => engine))
  const effort = experimentEffort(quick, { ...flags, ...(c !== undefined && { C: c }) })
  const baseline = baselineSettings(quick, flags.baselineUnits)
  const reusing = reusePrograms(engine)
  const train = baselineTrainer(reusing, baseline, effort.seed)
  const results = await withProgress('reproducing', ({ update }) =>
    reproduceSentiment(phrases, models, {
      ...{ effort, baseline: { ...baseline, train }, fitter: fitInThread, signal },
      onProgress: ({ phase, done, total = 1 }) => update(done / total, phase)
    })
  ).finally(() => reusing.dispose())
  const report = { ...countPhrases(phrases), effort, baseline, results }
  const rows = sentimentRows(report)
  const json = `${JSON.stringify(report)}\n`
  if (out !== undefined) {
    await writeOutput(join(out, 'sentiment.json'), json)
    await writeOutput(join(out, 'sentiment.md'), markdownTable(rows))
  }
  process.stdout.write(flags.json ? json : alignedTable(rows))
}

/** The paper's baseline: the mLSTM of the language model, with fresh weights, that learns from labelled phrases alone. */
function baselineTrainer(
  engine: Engine,
  { epochs, learningRate, ...sizes }: BaselineSettings,
  seed: number
): TrainClassifier {
  const config = { vocabularySize: vocabulary.size, ...sizes }
  const options = { engine, padding: vocabulary.idOf('.'), epochs, learningRate, seed }
  return (sequences, labels, watch) => trainClassifier(config, sequences, labels, { ...options, ...watch })
}
