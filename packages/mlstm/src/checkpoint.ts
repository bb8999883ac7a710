import * as v from 'valibot'
import { ModelFormatError, NotFiniteError, requireFinite } from './errors.js'
import { parameterNames, parameterShapes } from './parameters.js'
import { readSafetensors, type StoredTensor, tensorOf, writeSafetensors } from './safetensors.js'

const sizeSchema = v.pipe(v.number(), v.integer(), v.minValue(1))

const settingsSchema = v.object({
  epochs: sizeSchema,
  lanes: sizeSchema,
  window: sizeSchema,
  learningRate: v.number(),
  warmUpSteps: v.number(),
  maxNorm: v.number(),
  patience: v.number(),
  weightDecay: v.number(),
  embeddingDropout: v.number(),
  recurrentDropout: v.number(),
  outputDropout: v.number(),
  seed: v.number()
})

const positionSchema = v.object({
  epoch: v.number(),
  shard: v.number(),
  window: v.number(),
  step: v.number(),
  epochLoss: v.number(),
  epochSteps: v.number(),
  random: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(4)),
  best: v.nullable(v.object({ crossEntropy: v.number(), epoch: v.number() }))
})

const stateSchema = v.object({
  config: v.object({ vocabularySize: sizeSchema, embedding: sizeSchema, units: sizeSchema }),
  pieces: v.number(),
  settings: settingsSchema,
  position: positionSchema
})

/** What decides a training run, besides the data: two runs with the same settings and seed give the same weights. */
export type TrainSettings = Readonly<v.InferOutput<typeof settingsSchema>>

/**
 * Where a run stands: the next window of the current shard of the current epoch, the generator's state at the shard's start,
 * the best so far.
 */
export type TrainPosition = Readonly<v.InferOutput<typeof positionSchema>>

/** Everything needed to go on training as if it had never stopped. */
export interface Checkpoint extends Readonly<v.InferOutput<typeof stateSchema>> {
  /** Parameters, first and second moments (each in program order), then `h` and `c` `[B, H]`. */
  readonly arrays: readonly Float32Array[]
}

const format = 'vgm-mlstm-checkpoint-3'

/** The names and shapes of a checkpoint's arrays. */
function layout({
  config,
  settings
}: Pick<Checkpoint, 'config' | 'settings'>): [string, readonly number[]][] {
  const shapes = parameterShapes(config)
  const groups = ['parameter', 'first', 'second'].flatMap(group =>
    parameterNames.map((name): [string, readonly number[]] => [`${group}.${name}`, shapes[name]])
  )
  const state = [settings.lanes, config.units]
  return [...groups, ['h', state], ['c', state]]
}

/**
 * Throws unless every number of a checkpoint is finite.
 *
 * @throws {NotFiniteError} naming the array, such as `parameter.wx[3] after step 120`.
 */
export function requireFiniteCheckpoint(checkpoint: Checkpoint): void {
  const { arrays, position } = checkpoint
  for (const [k, [name]] of layout(checkpoint).entries()) {
    requireFinite(name, arrays[k]!, ` after step ${position.step}`)
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
export function writeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  requireFiniteCheckpoint(checkpoint)
  const { arrays, ...state } = checkpoint
  const tensors = new Map<string, StoredTensor>(
    layout(checkpoint).map(([name, shape], k) => [name, { shape, values: arrays[k]! }])
  )
  return writeSafetensors({ tensors, metadata: { format, state: JSON.stringify(state) } }, 'F32')
}

/**
 * Reads what {@link writeCheckpoint} wrote.
 *
 * @param file The file's name, for errors.
 * @throws {ModelFormatError} if it is damaged or no checkpoint.
 */
export function readCheckpoint(bytes: Uint8Array, file: string): Checkpoint {
  const content = readSafetensors(bytes, file)
  if (content.metadata.format !== format) {
    throw new ModelFormatError(file, `format expected ${format}, got ${content.metadata.format ?? 'none'}`)
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), stateSchema), content.metadata.state)
  if (!parsed.success) throw new ModelFormatError(file, `its state is damaged: ${parsed.issues[0].message}`)
  const state = parsed.output
  return { ...state, arrays: layout(state).map(([name, shape]) => tensorOf(content, name, shape, file)) }
}
