import type { TrainableArchitecture } from '../architecture.js'
import type { Engine } from '../engines/types.js'
import { TooFewWordsError } from '../errors.js'
import type { Checkpoint } from '../storage/checkpoint.js'
import { writeFiles } from '../storage/folder.js'
import { modelFiles, type StoredModel } from '../storage/model.js'
import type { StoredType } from '../storage/safetensors.js'
import type { BatchSource } from '../training/batches/source.js'
import { type TrainEvent, train, type Validation } from '../training/train.js'
import { defaultTrainSettings, type TrainSettings } from '../training/train-settings.js'
import { parametersOf } from '../training/trainer.js'
import { parameterCount, type Weights } from '../weights.js'
import { extendRun } from './extend-run.js'
import {
  type GivenSettings,
  type MusicSize,
  planTraining,
  stepsPerEpoch,
  type TrainingPlan
} from './plan-training.js'
import type { TrainingRun } from './training-run.js'

/** All settings of a run, and how it cuts its music. */
export type RunSettings = TrainSettings & Pick<TrainingPlan, 'batch' | 'window'>

/** What {@link trainRun} trains, and on what. */
export interface TrainRunOptions<Config> {
  readonly architecture: TrainableArchitecture<Config>
  /** The sizes of the model. */
  readonly config: Config
  /** How much music there is: it decides what `settings` leave open. */
  readonly size: MusicSize
  /** The music, cut so. */
  readonly batches: (shape: Pick<TrainingPlan, 'batch' | 'window'>) => BatchSource
  /** Measures the model after every epoch. The best model is kept then, and else the latest. */
  readonly validation?: Validation | undefined
  /** Completed by the checkpoint's where a run is resumed, else by what suits the amount of music. */
  readonly settings?: GivenSettings
  /** The weights that a new run begins with; fresh ones by default. */
  readonly initial?: Weights | undefined
  readonly engine: Engine
  /** Stops after the current step and its checkpoint: the generator then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** What is written about the model. Settings, the engine's name and the epoch are added to its provenance. */
  readonly about: Pick<StoredModel<unknown, unknown>, 'vocabulary' | 'license' | 'provenance'>
  /** The model that the run began with, for the provenance. */
  readonly origin?: unknown
  /** How the model's weights are stored. Default `F32`. */
  readonly storedAs?: StoredType
}

/** What happens during a run; what an event brings has been written when it comes. */
export type RunEvent =
  | {
      readonly type: 'plan'
      readonly settings: RunSettings
      /** The number of steps in an epoch, about. */
      readonly stepsPerEpoch: number
      /** The number of trained numbers in the model. */
      readonly parameters: number
      /** Where the run goes on, with the settings it has now. */
      readonly resumed: Checkpoint | undefined
    }
  | (Extract<TrainEvent, { type: 'step' }> & {
      /** Where the step ends, as a real number: 1.5 is half through the second epoch. */
      readonly place: number
      readonly wordsPerSecond: number
    })
  | Exclude<TrainEvent, { type: 'step' }>

/**
 * Trains a model, from the beginning or from the run's checkpoint, and keeps what comes of it in the run's folder: metrics,
 * checkpoints and models.
 *
 * @throws {InvalidOptionError} if a setting is out of range, disagrees with the checkpoint, or asks for fewer epochs than
 *   are done.
 * @throws {TooFewWordsError} if the music does not fill a single window, before the first event.
 * @throws {NotFiniteError} if training diverges.
 */
export async function* trainRun<Config extends object, Description extends object>(
  run: TrainingRun<Description>,
  options: TrainRunOptions<Config>
): AsyncGenerator<RunEvent> {
  const { architecture, config, size, batches, validation, engine, signal, initial, origin } = options
  const { settings: given = {}, storedAs = 'F32' } = options
  const resumed = run.checkpoint && extendRun(run.checkpoint, given)
  const settings =
    resumed === undefined ? settingsOf(size, given) : { ...resumed.settings, ...shapeOf(resumed) }
  const { license, vocabulary, provenance } = options.about
  const begun = { ...provenance, settings, engine: engine.name, ...(origin != null && { initial: origin }) }
  const save = (weights: Weights, epoch: number, metrics: Readonly<Record<string, number>>) => {
    const about = { vocabulary, metrics, license, provenance: { ...begun, epoch } }
    return writeFiles(run.folder, modelFiles({ architecture, config, weights, ...about }, storedAs))
  }

  const { batch, window } = { ...settings, ...given }
  const steps = stepsPerEpoch(size, { batch, window })
  if (steps === 0) {
    throw new TooFewWordsError(batch, window, Math.floor(size.words / size.shards))
  }
  const events = train(architecture, config, batches({ batch, window }), {
    ...(resumed === undefined ? settings : given),
    engine,
    ...(signal && { signal }),
    ...(validation && { validation }),
    ...(initial && { initial }),
    ...(resumed && { resume: resumed })
  })
  const parameters = parameterCount(architecture.parameters(config))
  yield { type: 'plan', settings, stepsPerEpoch: steps, parameters, resumed }
  let step = resumed?.position.step ?? 0
  let time = performance.now()
  for await (const event of events) {
    switch (event.type) {
      case 'step': {
        const now = performance.now()
        const wordsPerSecond = Math.round(event.words / ((now - time) / 1000))
        time = now
        step = event.step
        const { loss, norm, learningRate } = event
        const place = event.progress * settings.epochs
        run.record({ step, epoch: place, loss, norm, learningRate, wordsPerSecond })
        yield { ...event, place, wordsPerSecond }
        continue
      }
      case 'validation': {
        const { epoch, crossEntropy, improved } = event
        run.record({ step, epoch, validation: crossEntropy })
        if (improved !== undefined) await save(improved, epoch, { validationCrossEntropy: crossEntropy })
        break
      }
      case 'checkpoint': {
        const { checkpoint } = event
        await run.saveCheckpoint(architecture, checkpoint)
        if (!validation) await save(parametersOf(checkpoint.arrays), checkpoint.position.epoch, {})
      }
    }
    yield event
    if (event.type !== 'epoch') time = performance.now()
  }
}

function settingsOf(size: MusicSize, given: GivenSettings): RunSettings {
  return { ...defaultTrainSettings, ...given, ...planTraining(size, given) }
}

/** How a checkpoint's run cuts its music. */
function shapeOf({ batches }: Checkpoint): Pick<TrainingPlan, 'batch' | 'window'> {
  return { batch: batches.batch, window: batches.window! }
}
