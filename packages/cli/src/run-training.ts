import { vocabulary } from '@vgm/encoding'
import { type MlstmConfig, type MlstmModel, mlstm } from '@vgm/mlstm'
import {
  type Checkpoint,
  defaultTrainSettings,
  type Engine,
  laneBatches,
  parameterCount,
  pieceValidation,
  train
} from '@vgm/nn'
import { adviceToGoOn, extendRun } from './extend-run.js'
import { followTraining, type TrainingEnd } from './follow-training.js'
import { describePlan, type GivenSettings, type MusicSize, planTraining } from './plan-training.js'
import { withProgress } from './progress.js'
import type { Music } from './training-music.js'
import type { TrainingRun } from './training-run.js'

/** How {@link runTraining} trains. */
export interface RunTrainingOptions {
  readonly sizes: Partial<Pick<MlstmConfig, 'units' | 'embedding'>>
  /** Completed with the checkpoint's where one is resumed, else with what suits the amount of music. */
  readonly settings: GivenSettings
  /** The model whose weights a new run begins with. */
  readonly initial?: MlstmModel
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
  const config: MlstmConfig = {
    vocabularySize: vocabulary.size,
    ...((begun?.config as MlstmConfig | undefined) ?? initial?.config ?? defaultSizes),
    ...sizes
  }
  const settings = begun === undefined ? settingsOf(size, given) : { ...begun.settings, ...shapeOf(begun) }
  const provenance = {
    data: { training: name, pieces: data.size, words, digest },
    augmentation,
    settings,
    engine: engine.name,
    ...(origin && { initial: origin })
  }
  const endOfPiece = vocabulary.idOf('\n')
  const { vocabularySize } = config
  const { batch, window } = { ...settings, ...given }
  const events = train(mlstm, config, laneBatches(data, { batch, window, endOfPiece, vocabularySize }), {
    ...(begun === undefined ? settings : given),
    engine,
    signal,
    ...(validation && { validation: pieceValidation(mlstm, config, validation.pieces, endOfPiece) }),
    ...(initial && { initial: initial.weights }),
    ...(begun && { resume: begun })
  })
  return withProgress({ title: 'training' }, async progress => {
    progress.log(
      `${data.size} piece${data.size === 1 ? '' : 's'}${'shards' in data ? ` in ${data.shards} shard${data.shards === 1 ? '' : 's'}` : ''}, ${words} words; ${parameterCount(mlstm.parameters(config))} parameters on ${engine.name}` +
        (begun === undefined ? '' : `; going on after step ${begun.position.step}`)
    )
    progress.log((begun && adviceToGoOn(begun)) ?? describePlan(size, settings))
    const end = await followTraining(events, {
      training,
      progress,
      epochs: settings.epochs,
      signal,
      validates: validation !== undefined,
      save(weights, epoch, metrics) {
        const { name, hash } = vocabulary
        const model = { architecture: mlstm, config, vocabulary: { name, hash }, weights, metrics, license }
        return training.saveModel({ ...model, provenance: { ...provenance, epoch } })
      }
    })
    return { ...end, epochs: settings.epochs }
  })
}

function settingsOf(size: MusicSize, given: GivenSettings) {
  return { ...defaultTrainSettings, ...given, ...planTraining(size, given) }
}

/** How a checkpoint's run cuts its music. */
function shapeOf({ batches }: Checkpoint): { readonly batch: number; readonly window: number } {
  return { batch: batches.batch, window: batches.window! }
}
