import type { Music } from '@vgm/dataset/node'
import { vocabulary } from '@vgm/encoding'
import { type MlstmConfig, type MlstmModel, mlstm } from '@vgm/mlstm'
import { type Engine, type GivenSettings, laneBatches, parameterCount, pieceValidation } from '@vgm/nn'
import { type RunTerms, type TrainingRun, trainRun } from '@vgm/nn/node'
import { countNoun } from '../../terminal/text.js'
import { followTraining, type TrainingEnd } from './follow-training.js'

/** How {@link runTraining} trains. */
export interface RunTrainingOptions {
  readonly sizes: Partial<Pick<MlstmConfig, 'units' | 'embedding'>>
  readonly settings: GivenSettings
  /** The model whose weights a new run begins with. */
  readonly initial?: MlstmModel
  readonly engine: Engine
  /** Stops after the current step, with a checkpoint. */
  readonly signal: AbortSignal
}

const defaultSizes = { embedding: 64, units: 256 }
const endOfPiece = vocabulary.idOf('\n')

/** Trains a model on music, from the beginning or from the run's checkpoint, and shows how it goes. */
export function runTraining(
  run: TrainingRun<RunTerms>,
  { name, data, words, digest, augmentation, validation }: Music,
  { sizes, settings, initial, engine, signal }: RunTrainingOptions
): Promise<TrainingEnd> {
  const { initial: origin, license, precision } = run.description
  const config: MlstmConfig = {
    vocabularySize: vocabulary.size,
    ...((run.checkpoint?.config as MlstmConfig | undefined) ?? initial?.config ?? defaultSizes),
    ...sizes
  }
  const { vocabularySize } = config
  const isSharded = 'shards' in data
  const size = { words, shards: isSharded ? data.shards : 1 }
  const events = trainRun(run, {
    architecture: mlstm,
    config,
    size,
    batches: shape => laneBatches(data, { ...shape, endOfPiece, vocabularySize }),
    ...(validation && { validation: pieceValidation(mlstm, config, validation.pieces, endOfPiece) }),
    settings,
    initial: initial?.weights,
    engine,
    signal,
    about: {
      vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
      license,
      provenance: { data: { training: name, pieces: data.size, words, digest }, augmentation }
    },
    origin,
    storedAs: precision === 'f16' ? 'F16' : 'F32'
  })
  const pieces = countNoun(data.size, 'piece') + (isSharded ? ` in ${countNoun(data.shards, 'shard')}` : '')
  const parameters = parameterCount(mlstm.parameters(config))
  const title = `${pieces}, ${words} words; ${parameters} parameters on ${engine.name}`
  return followTraining(events, { run, size, title, signal })
}
