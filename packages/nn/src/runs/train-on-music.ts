import type { Cancel } from '@vgm/base'
import type { SequenceArchitecture, SequenceConfig } from '../architecture.js'
import type { Engine } from '../engines/types.js'
import { RunTermsError } from '../errors.js'
import { pieceValidation } from '../reading/evaluate.js'
import type { TrainPosition } from '../storage/checkpoint.js'
import { writeFiles } from '../storage/folder.js'
import type { VocabularyId } from '../storage/model.js'
import type { ShardedData, TrainingData } from '../training/batches/data.js'
import { laneBatches } from '../training/batches/lanes.js'
import type { Weights } from '../weights.js'
import type { GivenSettings } from './plan-training.js'
import {
  differingTerm,
  type GivenTerms,
  type MusicDigest,
  type RunTerms,
  runTermsSchema
} from './run-terms.js'
import { type RunEvent, trainRun } from './train-run.js'
import { type LossPoint, TrainingRun } from './training-run.js'

/** Music to train on, as `readMusic` of `@vgm/dataset/node` reads it. */
export interface RunMusic extends MusicDigest {
  readonly name: string
  /** All pieces, or shards of them. */
  readonly data: TrainingData | ShardedData
  /** The number of ids in all pieces. */
  readonly words: number
  /** How the pieces are varied, in words. */
  readonly augmentation: string
  /** Pieces to validate on. */
  readonly validation?: { readonly pieces: readonly Uint16Array[]; readonly digest: string } | undefined
}

/** What the ids of music stand for. */
export interface RunTokenizer {
  readonly vocabulary: VocabularyId
  /** The id that ends a piece. */
  readonly endOfPiece: number
}

/** Options of {@link trainOnMusic}. */
export interface TrainOnMusicOptions<Config> extends Cancel {
  readonly architecture: SequenceArchitecture<Config & SequenceConfig>
  readonly tokenizer: RunTokenizer
  /** The sizes of a model that begins with nothing. */
  readonly defaults: Config & SequenceConfig
  /** Sizes that are asked for; a run that is resumed refuses others than its own. */
  readonly sizes?: Partial<Config>
  readonly settings?: GivenSettings
  /** The model whose weights a new run begins with. */
  readonly initial?: { readonly config: Config; readonly weights: Weights } | undefined
  readonly engine: Engine
  /** Draws the losses as an SVG document, which is kept as `loss.svg`. */
  readonly plot: (training: readonly LossPoint[], validation: readonly LossPoint[]) => string
  /** Called with every event of the run, once what it brings is written. */
  readonly onEvent?: (event: RunEvent) => void
}

/** Where training ended. */
export interface RunEnd extends Pick<TrainPosition, 'step' | 'best'> {
  /** The mean training loss of the last epoch that ended meanwhile, in nats per word. */
  readonly loss: number | undefined
  /** How many epochs the run was to have. */
  readonly epochs: number
}

/**
 * Trains a sequence model on music, from the beginning or from the run's checkpoint, as {@link trainRun}, and keeps a plot of the
 * losses beside the model.
 *
 * @throws as {@link trainRun}; with the signal's reason, after a checkpoint, if it is stopped.
 */
export async function trainOnMusic<Config extends SequenceConfig>(
  run: TrainingRun<RunTerms>,
  { name, data, words, digest, augmentation, validation }: RunMusic,
  { tokenizer, onEvent, plot, ...options }: TrainOnMusicOptions<Config>
): Promise<RunEnd> {
  const { architecture, defaults, sizes, settings, initial, engine, signal } = options
  const { vocabulary, endOfPiece } = tokenizer
  const { initial: origin, license, precision } = run.description
  const config = {
    ...defaults,
    ...((run.checkpoint?.config as Config | undefined) ?? initial?.config),
    ...sizes
  }
  const { vocabularySize } = config
  const events = trainRun(run, {
    ...{ architecture, config, engine, origin },
    ...(signal && { signal }),
    size: { words, shards: 'shards' in data ? data.shards : 1 },
    batches: shape => laneBatches(data, { ...shape, endOfPiece, vocabularySize }),
    ...(validation && { validation: pieceValidation(architecture, config, validation.pieces, endOfPiece) }),
    ...(settings && { settings }),
    initial: initial?.weights,
    about: {
      vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
      license,
      provenance: { data: { training: name, pieces: data.size, words, digest }, augmentation }
    },
    storedAs: precision === 'f16' ? 'F16' : 'F32'
  })
  let end: RunEnd = { step: 0, best: null, ...run.checkpoint?.position, loss: undefined, epochs: 0 }
  const draw = drawing(run, plot)
  try {
    for await (const event of events) {
      end = endAfter(end, event)
      onEvent?.(event)
      if (event.type !== 'checkpoint') continue
      const { shard, batch } = event.checkpoint.position
      if (shard === 0 && batch === 0) await draw()
    }
  } finally {
    if (end.step > 0) await draw()
  }
  const { step, best, loss, epochs } = end
  return { step, best, loss, epochs }
}

function endAfter(end: RunEnd, event: RunEvent): RunEnd {
  switch (event.type) {
    case 'plan':
      return { ...end, epochs: event.settings.epochs }
    case 'step':
      return { ...end, step: event.step }
    case 'epoch':
      return { ...end, loss: event.loss }
    case 'validation': {
      const { crossEntropy, epoch, improved } = event
      return improved === undefined ? end : { ...end, best: { crossEntropy, epoch } }
    }
    default:
      return end
  }
}

/** Keeps a plot of a run's losses, drawn anew where there are new ones. */
function drawing(run: TrainingRun<RunTerms>, plot: TrainOnMusicOptions<SequenceConfig>['plot']) {
  let drawn = 0
  return async () => {
    const { training, validation } = run.losses
    const points = training.length + validation.length
    if (points === drawn) return
    await writeFiles(run.folder, { 'loss.svg': plot(training, validation) })
    drawn = points
  }
}

/**
 * A run on music that was stopped.
 *
 * @throws {RunFolderError} if there is none, or a file of it is damaged.
 * @throws {RunTermsError} if the music, its augmentation or a term is not what it began with.
 */
export async function resumeOnMusic<Config extends SequenceConfig>(
  folder: string,
  architecture: SequenceArchitecture<Config>,
  music: MusicDigest,
  given: GivenTerms = {}
): Promise<TrainingRun<RunTerms>> {
  const run = await TrainingRun.resume(folder, { architecture, description: runTermsSchema })
  const differing = differingTerm(run.description, music, given)
  if (differing !== undefined) throw new RunTermsError(folder, differing)
  return run
}
