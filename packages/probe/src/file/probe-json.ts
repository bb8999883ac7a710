import { ProbeFormatError, ShapeError } from '../errors.js'
import { neuronsOf } from '../neurons.js'
import type { Penalty, Probe } from '../types.js'
import type { CrossValidation } from '../validation/cross-validate.js'
import {
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readText
} from './json-fields.js'
import { readValidation } from './validation-json.js'

/** The part of a cross-validation that is kept with a probe. */
export type ValidationRecord = Pick<
  CrossValidation,
  'protocol' | 'majorityRate' | 'scores' | 'permuted' | 'confusion'
>

/** What a file says about a probe besides the probe itself. */
export interface ProbeNotes {
  /** Which model's states the probe reads, such as the hash of its weights. */
  readonly model?: string
  /** What the columns are, such as `final cell state`. */
  readonly featureKind?: string
  /** Version of what computes the columns, such as `featuresVersion` of `@vgm/features`; a positive integer. */
  readonly featuresVersion?: number
  /** Names of the columns, `[H]`. */
  readonly featureNames?: readonly string[]
  /** How well it does, by the name of the protocol, such as `by piece`. */
  readonly validation?: Readonly<Record<string, ValidationRecord>>
}

/** A probe that was read, and what its file says about it. */
export interface ProbeFile extends ProbeNotes {
  readonly probe: Probe
}

const format = 'vgm-probe-1'
const penalties: readonly string[] = ['l1', 'l2', 'elastic-net'] satisfies Penalty[]

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
 * @throws {ProbeFormatError} naming the field that is wrong, what was expected and what is there.
 */
export function probeFromJson(
  text: string,
  options: { readonly columns?: number; readonly model?: string } = {}
): ProbeFile {
  const document = readObject('', parse(text))
  const known = readText('format', document.format)
  if (known !== format) throw new ProbeFormatError('format', `"${format}"`, known)
  const model = readOptional('model', document.model, readText)
  if (options.model !== undefined && model !== undefined && model !== options.model) {
    throw new ProbeFormatError('model', `"${options.model}"`, model)
  }
  const features = readObject('features', document.features)
  const columns = readInteger('features.columns', features.columns, 1)
  if (options.columns !== undefined && columns !== options.columns) {
    throw new ProbeFormatError('features.columns', String(options.columns), columns)
  }
  const featureKind = readOptional('features.kind', features.kind, readText)
  const featuresVersion = readOptional('features.version', features.version, (path, value) =>
    readInteger(path, value, 1)
  )
  const featureNames = readOptional('features.names', features.names, (path, value) => {
    const names = readArray(path, value, readText)
    if (names.length !== columns) throw new ProbeFormatError(path, `${columns} names`, names.length)
    return names
  })
  const validation = readOptional('validation', document.validation, (path, value) =>
    Object.fromEntries(
      Object.entries(readObject(path, value)).map(([name, each]) => [
        name,
        readValidation(`${path}.${name}`, each)
      ])
    )
  )
  return {
    probe: {
      weights: readWeights(document.neurons, columns),
      intercept: readNumber('intercept', document.intercept),
      ...readFit(document.fit)
    },
    ...(model === undefined ? {} : { model }),
    ...(featureKind === undefined ? {} : { featureKind }),
    ...(featuresVersion === undefined ? {} : { featuresVersion }),
    ...(featureNames === undefined ? {} : { featureNames }),
    ...(validation === undefined ? {} : { validation })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ProbeFormatError('', 'JSON', text, { cause })
  }
}

function readWeights(neurons: unknown, columns: number): Float64Array {
  const weights = new Float64Array(columns)
  const seen = new Set<number>()
  readArray('neurons', neurons, (path, value) => {
    const entry = readObject(path, value)
    const neuron = readInteger(`${path}.neuron`, entry.neuron, 0, columns - 1)
    if (seen.has(neuron))
      throw new ProbeFormatError(`${path}.neuron`, 'one that is not listed before', neuron)
    seen.add(neuron)
    weights[neuron] = readNumber(`${path}.weight`, entry.weight)
  })
  return weights
}

function readFit(value: unknown): Omit<Probe, 'weights' | 'intercept'> {
  const fit = readObject('fit', value)
  const penalty = readText('fit.penalty', fit.penalty)
  if (!penalties.includes(penalty)) {
    throw new ProbeFormatError('fit.penalty', `one of ${penalties.join(', ')}`, penalty)
  }
  return {
    C: readNumber('fit.C', fit.C, Number.MIN_VALUE),
    penalty: penalty as Penalty,
    l1Ratio: readNumber('fit.l1Ratio', fit.l1Ratio, 0, 1),
    penalizeIntercept: readBoolean('fit.penalizeIntercept', fit.penalizeIntercept),
    standardize: readBoolean('fit.standardize', fit.standardize),
    iterations: readInteger('fit.iterations', fit.iterations, 0),
    gap: readNumber('fit.gap', fit.gap, 0),
    converged: readBoolean('fit.converged', fit.converged)
  }
}
