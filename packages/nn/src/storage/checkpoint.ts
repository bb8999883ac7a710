import * as v from 'valibot'
import type { TrainableArchitecture } from '../architecture.js'
import { ModelFormatError, NotFiniteError, requireFinite } from '../errors.js'
import { carriedShapes } from '../training/trainer.js'
import { readSafetensors, tensorOf, writeSafetensors } from './safetensors.js'

const numbersSchema = v.record(v.string(), v.number())

const settingsSchema = v.object({
  epochs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  learningRate: v.number(),
  warmUpSteps: v.number(),
  maxNorm: v.number(),
  patience: v.number(),
  weightDecay: v.number(),
  dropout: numbersSchema,
  seed: v.number()
})

const positionSchema = v.object({
  epoch: v.number(),
  shard: v.number(),
  batch: v.number(),
  step: v.number(),
  epochLoss: v.number(),
  epochSteps: v.number(),
  random: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(4)),
  best: v.nullable(v.object({ crossEntropy: v.number(), epoch: v.number() }))
})

const stateSchema = v.object({
  architecture: v.string(),
  config: v.record(v.string(), v.unknown()),
  size: v.number(),
  batches: v.objectWithRest({ batch: v.number() }, v.number()),
  settings: settingsSchema,
  position: positionSchema
})

/**
 * Where a run stands: the next batch of the current shard of the current epoch, the generator's state at the shard's start,
 * the best so far.
 */
export type TrainPosition = Readonly<v.InferOutput<typeof positionSchema>>

/** Everything needed to go on training as if it had never stopped. */
export interface Checkpoint extends Readonly<v.InferOutput<typeof stateSchema>> {
  /** `parameter.…`, `first.…` and `second.…` (Adam's moments), and `state.…`, `[B, …]`. */
  readonly arrays: Readonly<Record<string, Float32Array>>
}

const format = 'vgm-checkpoint-1'

/**
 * Throws unless every number of a checkpoint is finite.
 *
 * @throws {NotFiniteError} naming the array, such as `parameter.wx[3] after step 120`.
 */
export function requireFiniteCheckpoint({ arrays, position }: Checkpoint): void {
  for (const [name, values] of Object.entries(arrays)) {
    requireFinite(name, values, ` after step ${position.step}`)
  }
  for (const [name, value] of [
    ['position.epochLoss', position.epochLoss],
    ['position.best.crossEntropy', position.best?.crossEntropy ?? 0]
  ] as const) {
    if (!Number.isFinite(value)) throw new NotFiniteError(name)
  }
}

/**
 * A checkpoint as one file's bytes: float32, exact.
 *
 * @throws {NotFiniteError} naming an array with a number that is not finite.
 */
export function writeCheckpoint<Config>(
  architecture: TrainableArchitecture<Config>,
  checkpoint: Checkpoint
): Uint8Array {
  requireFiniteCheckpoint(checkpoint)
  const { arrays, ...state } = checkpoint
  const shapes = carriedShapes(architecture, checkpoint.config as Config, checkpoint.batches.batch)
  const tensors = new Map(
    Object.entries(shapes).map(([name, shape]) => [name, { shape, values: arrays[name]! }])
  )
  return writeSafetensors({ tensors, metadata: { format, state: JSON.stringify(state) } }, 'F32')
}

/**
 * Reads what {@link writeCheckpoint} wrote.
 *
 * @param file The file's name, for errors.
 * @throws {ModelFormatError} if it is damaged, no checkpoint, or one of another architecture.
 */
export function readCheckpoint<Config>(
  architecture: TrainableArchitecture<Config>,
  bytes: Uint8Array,
  file: string
): Checkpoint {
  const content = readSafetensors(bytes, file)
  if (content.metadata.format !== format) {
    throw new ModelFormatError(file, `format expected ${format}, got ${content.metadata.format ?? 'none'}`)
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), stateSchema), content.metadata.state)
  if (!parsed.success) throw new ModelFormatError(file, `its state is damaged: ${parsed.issues[0].message}`)
  const state = parsed.output
  if (state.architecture !== architecture.format) {
    throw new ModelFormatError(
      file,
      `architecture expected ${architecture.format}, got ${state.architecture}`
    )
  }
  const config = v.safeParse(architecture.config, state.config)
  if (!config.success) throw new ModelFormatError(file, `its sizes are damaged: ${config.issues[0].message}`)
  const shapes = carriedShapes(architecture, config.output, state.batches.batch)
  const arrays = Object.entries(shapes).map(
    ([name, shape]) => [name, tensorOf(content, name, shape, file)] as const
  )
  return { ...state, arrays: Object.fromEntries(arrays) }
}
