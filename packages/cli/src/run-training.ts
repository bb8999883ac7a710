import { vocabulary } from '@vgm/encoding'
import {
  defaultTrainSettings,
  type Engine,
  type Model,
  type ModelConfig,
  parameterCount,
  type TrainSettings,
  train
} from '@vgm/mlstm'
import { adviceToGoOn, extendRun } from './extend-run.js'
import { followTraining, type TrainingEnd } from './follow-training.js'
import { describePlan, planTraining } from './plan-training.js'
import { withProgress } from './progress.js'
import type { Music } from './training-music.js'
import type { TrainingRun } from './training-run.js'

/** How {@link runTraining} trains. */
export interface RunTrainingOptions {
  readonly sizes: Partial<Pick<ModelConfig, 'units' | 'embedding'>>
  /** Completed with the checkpoint's where one is resumed, else with what suits the amount of music. */
  readonly settings: Partial<TrainSettings>
  /** The model whose weights a new run begins with. */
  readonly initial?: Model
  readonly engine: Engine
  /** Stops after the current step, with a checkpoint. */
  readonly signal: AbortSignal
}

const defaultSizes = { embedding: 64, units: 256 }

/**
 * Trains a model on music, from the beginning or from the run's checkpoint, and keeps what comes of it in the run's folder.
 *
 * @returns Where training ended, and how many epochs it was to have.
 * @throws {InvalidOptionError} if a setting is out of range or disagrees with the checkpoint.
 * @throws {UsageError} if a run that is resumed has done more epochs already.
 */
export function runTraining(
  training: TrainingRun,
  { name, data, words, digest, augmentation, validation }: Music,
  { sizes, settings: given, initial, engine, signal }: RunTrainingOptions
): Promise<TrainingEnd & { readonly epochs: number }> {
  const begun = training.checkpoint && extendRun(training.checkpoint, given)
  const size = { words, shards: 'shards' in data ? data.shards : 1 }
  const { initial: origin, license } = training.description
  const config = {
    vocabularySize: vocabulary.size,
    ...(begun?.config ?? initial?.config ?? defaultSizes),
    ...sizes
  }
  const settings = begun?.settings ?? { ...defaultTrainSettings, ...given, ...planTraining(size, given) }
  const provenance = {
    data: { training: name, pieces: data.size, words, digest },
    augmentation,
    settings,
    engine: engine.name,
    ...(origin && { initial: origin })
  }
  const events = train(config, data, {
    ...(begun === undefined ? settings : given),
    engine,
    endOfPiece: vocabulary.idOf('\n'),
    signal,
    ...(validation && { validation: validation.pieces }),
    ...(initial && { initial: initial.weights }),
    ...(begun && { resume: begun })
  })
  return withProgress({ title: 'training' }, async progress => {
    progress.log(
      `${data.size} piece${data.size === 1 ? '' : 's'}${'shards' in data ? ` in ${data.shards} shard${data.shards === 1 ? '' : 's'}` : ''}, ${words} words; ${parameterCount(config)} parameters on ${engine.name}` +
        (begun === undefined ? '' : `; going on after step ${begun.position.step}`)
    )
    progress.log((begun && adviceToGoOn(begun)) ?? describePlan(size, settings))
    const end = await followTraining(events, {
      training,
      progress,
      epochs: settings.epochs,
      validates: validation !== undefined,
      save(weights, epoch, metrics) {
        const { name, hash } = vocabulary
        const model = { config, vocabulary: { name, hash }, weights, metrics, license }
        return training.saveModel({ ...model, provenance: { ...provenance, epoch } })
      }
    })
    return { ...end, epochs: settings.epochs }
  })
}
