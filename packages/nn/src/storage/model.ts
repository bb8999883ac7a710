import { InvalidOptionError } from '@vgm/base'
import * as v from 'valibot'
import type { SequenceArchitecture, SequenceConfig, TrainableArchitecture } from '../architecture.js'
import { ModelFormatError, NotFiniteError, requireFinite } from '../errors.js'
import type { Weights } from '../weights.js'
import { readSafetensors, type StoredType, tensorOf, writeSafetensors } from './safetensors.js'

/** Which vocabulary a model speaks. `@vgm/encoding`'s fits. */
export interface VocabularyId {
  readonly name: string
  readonly hash: string
}

/** The sizes of an architecture's models. */
export type ConfigOf<Architecture extends TrainableArchitecture<object>> = v.InferOutput<
  Architecture['config']
>

/** A trained model as plain data. */
export interface StoredModel<Config, Architecture> {
  readonly architecture: Architecture
  readonly config: Config
  readonly vocabulary: VocabularyId
  readonly weights: Weights
  /** Where it comes from: data, settings, seed. Free in form, but JSON. */
  readonly provenance: Readonly<Record<string, unknown>>
  /** What was measured of it, for example `validationCrossEntropy` in nats per word. */
  readonly metrics: Readonly<Record<string, number>>
  /** Under which terms the weights may be used. */
  readonly license: string
}

/** A model that predicts the next token. */
export type Model<Config extends SequenceConfig = SequenceConfig> = StoredModel<
  Config,
  SequenceArchitecture<Config>
>

/** Where a model's files come from: a folder, a URL, an archive. */
export interface ModelSource {
  /** The bytes of one file, by its name within the model folder. */
  read(name: string): Promise<Uint8Array>
}

/** The names of a model folder's files. */
export const modelFileNames = { description: 'model.json', weights: 'weights.safetensors' } as const

const formatVersion = 1

const descriptionSchema = v.object({
  format: v.string(),
  formatVersion: v.literal(formatVersion),
  config: v.unknown(),
  vocabulary: v.object({ name: v.string(), hash: v.string() }),
  provenance: v.record(v.string(), v.unknown()),
  metrics: v.record(v.string(), v.number()),
  license: v.string()
})

function checked<Schema extends v.GenericSchema>(schema: Schema, json: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, json)
  if (parsed.success) return parsed.output
  const issue = parsed.issues[0]
  const expected = issue.expected ?? `an ${issue.type}` // valibot has none for integers
  const problem = `${v.getDotPath(issue) ?? 'its content'} expected ${expected}, got ${issue.received}`
  throw new ModelFormatError(modelFileNames.description, problem)
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new ModelFormatError(modelFileNames.description, 'is not JSON', { cause })
  }
}

/** A stored model of one of several architectures: which one, its config tells. */
export type StoredModelOf<Architecture> =
  Architecture extends TrainableArchitecture<object>
    ? StoredModel<ConfigOf<Architecture>, Architecture>
    : never

/** What a model has to be. */
export interface LoadOptions<Architecture> {
  /** The architectures that it may be of. */
  readonly architectures: readonly Architecture[]
  /** If given, the vocabulary the model must speak. */
  readonly vocabulary?: VocabularyId
}

/**
 * Reads a model and checks that it is whole.
 *
 * @throws {ModelFormatError} if a file is missing or damaged, a shape is wrong, or architecture or vocabulary are others.
 */
export async function loadModel<Architecture extends TrainableArchitecture<object>>(
  source: ModelSource,
  { architectures, vocabulary }: LoadOptions<Architecture>
): Promise<StoredModelOf<Architecture>> {
  const { description: descriptionFile, weights: weightsFile } = modelFileNames
  const json = parsed(await source.read(descriptionFile))
  const description = checked(descriptionSchema, json)
  const architecture = architectures.find(({ format }) => format === description.format)
  if (architecture === undefined) {
    const known = architectures.map(({ format }) => `"${format}"`).join(' or ')
    throw new ModelFormatError(descriptionFile, `format expected ${known}, got "${description.format}"`)
  }
  const facts = v.object(
    Object.fromEntries(
      Object.entries(architecture.facts ?? {}).map(([name, fact]) => [name, v.literal(fact)])
    )
  )
  checked(facts, json)
  const { config } = checked(v.object({ config: architecture.config }), json)
  if (vocabulary !== undefined && vocabulary.hash !== description.vocabulary.hash) {
    const side = ({ name, hash }: VocabularyId) => `'${name}' (${hash.slice(0, 19)}…)`
    const problem = `vocabulary expected ${side(vocabulary)}, got ${side(description.vocabulary)}`
    throw new ModelFormatError(descriptionFile, problem)
  }
  const file = readSafetensors(await source.read(weightsFile), weightsFile)
  const weights = Object.entries(architecture.parameters(config)).map(
    ([name, shape]) => [name, tensorOf(file, name, shape, weightsFile)] as const
  )
  const { vocabulary: spoken, provenance, metrics, license } = description
  return {
    architecture,
    config,
    vocabulary: spoken,
    weights: Object.fromEntries(weights),
    provenance,
    metrics,
    license
  } as StoredModelOf<Architecture>
}

/** From here on numbers become infinite in 16 bits. */
const halfInfinity = 65_520

/**
 * Throws unless all numbers of a model can be stored and read again.
 *
 * @throws {NotFiniteError} naming a weight or a metric that is not finite.
 * @throws {InvalidOptionError} if a weight is too large for 16 bits.
 */
function requireStorable(
  { weights, metrics }: Pick<StoredModel<unknown, unknown>, 'weights' | 'metrics'>,
  type: StoredType
): void {
  for (const [name, values] of Object.entries(weights)) {
    requireFinite(`weights.${name}`, values)
    const large = type === 'F16' ? values.findIndex(value => Math.abs(value) >= halfInfinity) : -1
    if (large < 0) continue
    const expected = `F32, since weights.${name}[${large}] is beyond ±65504`
    throw new InvalidOptionError('modelFiles', 'type', expected, type)
  }
  for (const [name, value] of Object.entries(metrics)) {
    if (!Number.isFinite(value)) throw new NotFiniteError(`metrics.${name}`)
  }
}

/**
 * The files of a model folder, ready to be written.
 *
 * @param type How the weights are stored; `F16` halves the size and rounds each to 11 significant bits.
 * @throws {NotFiniteError} naming a weight or a metric that is not finite.
 * @throws {InvalidOptionError} if a weight is too large for `F16`.
 */
export function modelFiles<Architecture extends TrainableArchitecture<object>>(
  {
    architecture,
    config,
    weights,
    vocabulary,
    provenance,
    metrics,
    license
  }: StoredModel<ConfigOf<Architecture>, Architecture>,
  type: StoredType
): Record<string, Uint8Array> {
  requireStorable({ weights, metrics }, type)
  const { format, facts } = architecture
  const description = { format, formatVersion, config, ...facts, vocabulary, provenance, metrics, license }
  const tensors = new Map(
    Object.entries(architecture.parameters(config)).map(([name, shape]) => [
      name,
      { shape, values: weights[name]! }
    ])
  )
  return {
    [modelFileNames.weights]: writeSafetensors({ tensors, metadata: { format } }, type),
    [modelFileNames.description]: new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`)
  }
}
