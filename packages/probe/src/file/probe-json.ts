import { JsonError, parseJson, ShapeError } from '@vgm/base'
import * as v from 'valibot'
import { penalties } from '../checks.js'
import { ProbeMismatchError } from '../errors.js'
import { neuronsOf } from '../neurons.js'
import type { Probe } from '../types.js'
import type { CrossValidation } from '../validation/cross-validate.js'
import { atLeastZero, finite, integerFrom, share, validationSchema } from './validation-schema.js'

/** The part of a cross-validation that is kept with a probe. */
export type ValidationRecord = Pick<
  CrossValidation,
  'protocol' | 'majorityRate' | 'scores' | 'permuted' | 'confusion'
>

/** Facts about a probe that its file keeps. */
export interface ProbeNotes {
  /** The model whose states the probe reads, such as the hash of its weights. */
  readonly model?: string
  /** The meaning of the columns, such as `final cell state`. */
  readonly featureKind?: string
  /** Version of what computes the columns, such as `featuresVersion` of `@vgm/features`; a positive integer. */
  readonly featuresVersion?: number
  /** Names of the columns, `[H]`. */
  readonly featureNames?: readonly string[]
  /** Its cross-validations by the name of the protocol, such as `by piece`. */
  readonly validation?: Readonly<Record<string, ValidationRecord>>
}

/** A probe that was read, and what its file says about it. */
export interface ProbeFile extends ProbeNotes {
  readonly probe: Probe
}

const format = 'vgm-probe-1'
const caller = 'probeFromJson'

const schema = v.object({
  format: v.literal(format),
  model: v.exactOptional(v.string()),
  features: v.object({
    columns: integerFrom(1),
    kind: v.exactOptional(v.string()),
    version: v.exactOptional(integerFrom(1)),
    names: v.exactOptional(v.array(v.string()))
  }),
  neurons: v.array(v.object({ neuron: integerFrom(0), weight: finite })),
  intercept: finite,
  fit: v.object({
    C: v.pipe(finite, v.gtValue(0)),
    penalty: v.picklist(penalties),
    l1Ratio: share,
    penalizeIntercept: v.boolean(),
    standardize: v.boolean(),
    iterations: integerFrom(0),
    gap: atLeastZero,
    converged: v.boolean()
  }),
  validation: v.exactOptional(v.record(v.string(), validationSchema))
})

/**
 * A probe as a text of JSON that {@link probeFromJson} reads back bit for bit. Only weights that are not 0 are written.
 *
 * @throws {ShapeError} unless there are as many names as weights.
 */
export function probeToJson(probe: Probe, notes: ProbeNotes = {}): string {
  const {
    weights,
    intercept,
    C,
    penalty,
    l1Ratio,
    penalizeIntercept,
    standardize,
    iterations,
    gap,
    converged
  } = probe
  const { model, featureKind, featuresVersion, featureNames, validation } = notes
  if (featureNames !== undefined && featureNames.length !== weights.length) {
    throw new ShapeError('probeToJson', 'featureNames', String(weights.length), featureNames.length)
  }
  const document = {
    format,
    model,
    features: { columns: weights.length, kind: featureKind, version: featuresVersion, names: featureNames },
    neurons: neuronsOf(probe).map(({ neuron, weight }) => ({ neuron, weight })),
    intercept,
    fit: { C, penalty, l1Ratio, penalizeIntercept, standardize, iterations, gap, converged },
    validation:
      validation && Object.fromEntries(Object.entries(validation).map(([name, v]) => [name, recordOf(v)]))
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Of a whole cross-validation only what is kept. */
function recordOf({
  protocol,
  majorityRate,
  scores,
  permuted,
  confusion
}: ValidationRecord): ValidationRecord {
  return { protocol, majorityRate, scores, ...(permuted === undefined ? {} : { permuted }), confusion }
}

/**
 * Reads what {@link probeToJson} wrote.
 *
 * @param options.columns The columns that the features will have; a probe for others is refused.
 * @param options.model Which model's states the features will be; a probe that names another is refused.
 * @throws {JsonError} naming the field that is wrong, what was expected and what is there.
 * @throws {ProbeMismatchError} if the probe is for another model or for other columns.
 */
export function probeFromJson(
  text: string,
  options: { readonly columns?: number; readonly model?: string } = {}
): ProbeFile {
  const { model, features, neurons, intercept, fit, validation } = parseJson(schema, text, caller)
  const { columns, kind, version, names } = features
  if (options.model !== undefined && model !== undefined && model !== options.model) {
    throw new ProbeMismatchError('model', options.model, model)
  }
  if (options.columns !== undefined && columns !== options.columns) {
    throw new ProbeMismatchError('features.columns', options.columns, columns)
  }
  if (names !== undefined && names.length !== columns) {
    throw new JsonError(`expected ${columns} names, got ${names.length}`, 'features.names', { caller })
  }
  return {
    probe: { weights: weightsOf(neurons, columns), intercept, ...fit },
    ...(model === undefined ? {} : { model }),
    ...(kind === undefined ? {} : { featureKind: kind }),
    ...(version === undefined ? {} : { featuresVersion: version }),
    ...(names === undefined ? {} : { featureNames: names }),
    ...(validation === undefined ? {} : { validation })
  }
}

/** All weights, `[H]`, from those that are not 0. */
function weightsOf(neurons: v.InferOutput<typeof schema>['neurons'], columns: number): Float64Array {
  const weights = new Float64Array(columns)
  const seen = new Set<number>()
  for (const [index, { neuron, weight }] of neurons.entries()) {
    const path = `neurons[${index}].neuron`
    if (neuron >= columns)
      throw new JsonError(`expected less than ${columns}, got ${neuron}`, path, { caller })
    if (seen.has(neuron)) throw new JsonError(`is listed twice: ${neuron}`, path, { caller })
    seen.add(neuron)
    weights[neuron] = weight
  }
  return weights
}
