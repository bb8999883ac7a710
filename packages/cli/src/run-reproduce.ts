import { join } from 'node:path'
import {
  type BaselineSettings,
  baselineSettings,
  experimentEffort,
  reproduceSentiment,
  type SentimentResult,
  type StateReader,
  type TrainClassifier
} from '@vgm/emotion'
import { fitInThread } from '@vgm/emotion/node'
import { vocabulary } from '@vgm/encoding'
import { type MlstmModel, trainClassifier } from '@vgm/mlstm'
import { type Engine, modelStates, reusePrograms } from '@vgm/nn'
import type { Summaries } from '@vgm/probe'
import { writeOutput } from './files.js'
import { markdownTable } from './markdown-table.js'
import { type EngineChoice, openEngine } from './open-engine.js'
import { readModel } from './open-model.js'
import { requireWritable } from './output.js'
import { withProgress } from './progress.js'
import { readPhrases } from './read-phrases.js'
import { alignedTable, percent, type Row } from './table.js'

/** The options of `vgm reproduce sentiment`. */
export interface ReproduceFlags {
  readonly models: readonly string[]
  readonly quick?: boolean
  readonly folds?: number
  readonly repeats?: number
  readonly c?: number
  readonly baselineUnits?: number
  readonly out?: string
  readonly seed?: number
  readonly engine: EngineChoice
  readonly json?: boolean
}

/** Does what `vgm reproduce sentiment` was asked for, and prints the table. */
export async function runReproduceSentiment(
  data: string,
  flags: ReproduceFlags,
  signal: AbortSignal
): Promise<void> {
  const { out, quick = false } = flags
  if (out !== undefined) await requireWritable(out)
  const opened = new Map<string, MlstmModel>()
  for (const name of flags.models) opened.set(name, await readModel(name))
  const phrases = await readPhrases([data])
  const engine = await openEngine(flags.engine)
  const models = new Map<string, StateReader>()
  for (const [name, model] of opened) models.set(name, await modelStates(model, async () => engine))
  const effort = experimentEffort(quick, { ...flags, ...(flags.c !== undefined && { C: flags.c }) })
  const baseline = baselineSettings(quick, flags.baselineUnits)
  const reusing = reusePrograms(engine)
  const train = baselineTrainer(reusing, baseline, effort.seed)
  const results = await withProgress({ title: 'reproducing' }, ({ update }) =>
    reproduceSentiment(phrases, models, {
      effort,
      baseline: { ...baseline, train },
      fitter: fitInThread,
      signal,
      onProgress: ({ phase, done, total = 1 }) => update(done / total, phase)
    })
  ).finally(() => reusing.dispose())
  const positive = phrases.filter(({ sentiment }) => sentiment === 1).length
  const majorityRate = Math.max(positive, phrases.length - positive) / phrases.length
  const report = {
    phrases: phrases.length,
    pieces: new Set(phrases.map(({ piece }) => piece)).size,
    positive,
    majorityRate,
    effort,
    baseline,
    results
  }
  const rows = [majorityRow(majorityRate), ...inOrder(results).map(result => rowOf(result, baseline.units))]
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
  const padding = vocabulary.idOf('.')
  return (sequences, labels, watch) =>
    trainClassifier(config, sequences, labels, {
      ...{ engine, padding, epochs, learningRate, seed },
      ...watch
    })
}

/** First all by phrase, then all by piece. */
function inOrder(results: readonly SentimentResult[]): SentimentResult[] {
  return [...results].sort((a, b) => a.folds.localeCompare(b.folds))
}

function majorityRow(majorityRate: number): Row {
  const none = { interval: '', balanced: '50.0', AUC: '', permuted: '' }
  return { method: 'always the more frequent', folds: '', accuracy: percent(majorityRate), ...none }
}

function rowOf({ method, model, folds, scores, permuted }: SentimentResult, units: number): Row {
  const { accuracy, balancedAccuracy, auc }: Summaries = scores
  const [low, high] = accuracy.interval
  const name = method === 'baseline' ? `supervised mLSTM, ${units} units` : method
  return {
    method: model === undefined ? name : `${method} of ${model}`,
    folds,
    accuracy: `${percent(accuracy.mean)} ± ${percent(accuracy.deviation)}`,
    interval: `${percent(low)} … ${percent(high)}`,
    balanced: balancedAccuracy === undefined ? '' : percent(balancedAccuracy.mean),
    AUC: auc === undefined ? '' : auc.mean.toFixed(3),
    permuted: permuted === undefined ? '' : percent(permuted)
  }
}
