import * as v from 'valibot'
import { InvalidOptionError, ModelFormatError, NotFiniteError, requireFinite } from './errors.js'
import { gateOrder, parameterNames, parameterShapes } from './parameters.js'
import { readSafetensors, type StoredType, tensorOf, writeSafetensors } from './safetensors.js'
import type { ModelConfig, ParameterName, Weights } from './types.js'

/** Which vocabulary a model speaks. `@vgm/encoding`'s fits. */
export interface VocabularyId {
  readonly name: string
  readonly hash: string
}

/** A trained model as plain data. */
export interface Model {
  readonly config: ModelConfig
  readonly vocabulary: VocabularyId
  readonly weights: Weights
  /** Where it comes from: data, settings, seed. Free in form, but JSON. */
  readonly provenance: Readonly<Record<string, unknown>>
  /** What was measured of it, for example `validationCrossEntropy` in nats per word. */
  readonly metrics: Readonly<Record<string, number>>
  /** Under which terms the weights may be used. */
  readonly license: string
}

/** Where a model's files come from: a folder, a URL, an archive. */
export interface ModelSource {
  /** The bytes of one file, by its name within the model folder. */
  read(name: string): Promise<Uint8Array>
}

/** The names of a model folder's files. */
export const modelFileNames = { description: 'model.json', weights: 'weights.safetensors' } as const

const format = 'vgm-mlstm'
const formatVersion = 1
const size = v.pipe(v.number(), v.integer(), v.minValue(1))

const descriptionSchema = v.object({
  format: v.literal(format),
  formatVersion: v.literal(formatVersion),
  config: v.object({ vocabularySize: size, embedding: size, units: size }),
  gateOrder: v.literal(gateOrder),
  vocabulary: v.object({ name: v.string(), hash: v.string() }),
  provenance: v.record(v.string(), v.unknown()),
  metrics: v.record(v.string(), v.number()),
  license: v.string()
})

function parseDescription(bytes: Uint8Array): v.InferOutput<typeof descriptionSchema> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new ModelFormatError(modelFileNames.description, 'is not JSON', { cause })
  }
  const parsed = v.safeParse(descriptionSchema, json)
  if (parsed.success) return parsed.output
  const issue = parsed.issues[0]
  const expected = issue.expected ?? `an ${issue.type}` // valibot has none for integers
  const problem = `${v.getDotPath(issue) ?? 'its content'} expected ${expected}, got ${issue.received}`
  throw new ModelFormatError(modelFileNames.description, problem)
}

/**
 * Reads a model and checks that it is whole.
 *
 * @param vocabulary If given, the vocabulary the model must speak.
 * @throws {ModelFormatError} if a file is missing or damaged, a shape is wrong, or the vocabulary is another.
 */
export async function loadModel(source: ModelSource, vocabulary?: VocabularyId): Promise<Model> {
  const { description: descriptionFile, weights: weightsFile } = modelFileNames
  const description = parseDescription(await source.read(descriptionFile))
  const { config } = description
  if (vocabulary !== undefined && vocabulary.hash !== description.vocabulary.hash) {
    const side = ({ name, hash }: VocabularyId) => `'${name}' (${hash.slice(0, 19)}…)`
    const problem = `vocabulary expected ${side(vocabulary)}, got ${side(description.vocabulary)}`
    throw new ModelFormatError(descriptionFile, problem)
  }
  const file = readSafetensors(await source.read(weightsFile), weightsFile)
  const shapes = parameterShapes(config)
  const weights = parameterNames.map(name => [name, tensorOf(file, name, shapes[name], weightsFile)] as const)
  const { vocabulary: spoken, provenance, metrics, license } = description
  const named = Object.fromEntries(weights) as Record<ParameterName, Float32Array>
  return { config, vocabulary: spoken, weights: named, provenance, metrics, license }
}

/** From here on numbers become infinite in 16 bits. */
const halfInfinity = 65_520

/**
 * Throws unless all numbers of a model can be stored and read again.
 *
 * @throws {NotFiniteError} naming a weight or a metric that is not finite.
 * @throws {InvalidOptionError} if a weight is too large for 16 bits.
 */
function requireStorable({ weights, metrics }: Model, type: StoredType): void {
  for (const name of parameterNames) {
    requireFinite(`weights.${name}`, weights[name])
    const large = type === 'F16' ? weights[name].findIndex(value => Math.abs(value) >= halfInfinity) : -1
    if (large < 0) continue
    throw new InvalidOptionError(
      'modelFiles.type',
      `F32, since weights.${name}[${large}] is beyond ±65504`,
      type
    )
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
export function modelFiles(model: Model, type: StoredType): Record<string, Uint8Array> {
  requireStorable(model, type)
  const { config, weights, vocabulary, provenance, metrics, license } = model
  const shapes = parameterShapes(config)
  const description = { format, formatVersion, config, gateOrder, vocabulary, provenance, metrics, license }
  const tensors = new Map(parameterNames.map(name => [name, { shape: shapes[name], values: weights[name] }]))
  return {
    [modelFileNames.weights]: writeSafetensors({ tensors, metadata: { format } }, type),
    [modelFileNames.description]: new TextEncoder().encode(`${JSON.stringify(description, null, 2)}\n`)
  }
}
