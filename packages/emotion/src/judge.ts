import { type Cancel, quoted, type Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { featureNames, featuresVersion } from '@vgm/features'
import { type Probe, type ProbeFile, probabilities, probeFromJson } from '@vgm/probe'
import { MissingStatesError, ProbeMismatchError } from './errors.js'
import { type FeatureKind, featureKinds } from './features/feature-kind.js'
import { featuresOf } from './features/features.js'
import type { StateReader } from './features/states.js'

/** A probe that is ready to say how positive music is. */
export interface Judge {
  readonly probe: Probe
  /** What the probe sees of a score. */
  readonly kind: FeatureKind
  /** The probability that each score is positive, `[N]`. Each needs a pitched note. */
  probabilities(scores: readonly Score[], watch?: Cancel & Watch): Promise<Float64Array>
}

/** Options of {@link openJudge}. */
export interface JudgeOptions {
  /** A probe of music, as JSON text or as `probeFromJson` of `@vgm/probe` reads it. */
  readonly probe: string | ProbeFile
  /** The model whose states are read, or what opens it: it is called only if the probe reads states. */
  readonly states?: StateReader | (() => Promise<StateReader>) | undefined
}

const caller = 'openJudge'

/**
 * Makes a probe ready to judge music.
 *
 * @throws {JsonError} if the text is no probe.
 * @throws {ProbeMismatchError} if the probe is of another model, or of other descriptors.
 * @throws {MissingStatesError} if the probe reads states and there is no model.
 */
export async function openJudge({ probe: given, states: source }: JudgeOptions): Promise<Judge> {
  const file = typeof given === 'string' ? probeFromJson(given) : given
  const kind = kindOf(file)
  const states = kind === 'descriptors' ? undefined : await openStates(kind, source)
  if (states !== undefined) requireModel(file, states)
  requireColumns(file, kind, states?.units ?? 0)
  const { probe } = file
  return {
    probe,
    kind,
    async probabilities(scores, watch = {}) {
      return probabilities(probe, (await featuresOf(kind, scores, { states, ...watch })).features)
    }
  }
}

/** @throws {ProbeMismatchError} if the file does not say what its probe sees. */
function kindOf({ featureKind }: ProbeFile): FeatureKind {
  const kind = featureKinds.find(name => name === featureKind)
  if (kind !== undefined) return kind
  const expected = `one of ${featureKinds.join(', ')}`
  const got = featureKind === undefined ? 'nothing' : quoted(featureKind)
  throw new ProbeMismatchError(
    caller,
    `features.kind expected ${expected}, got ${got}`,
    'kind',
    expected,
    featureKind
  )
}

async function openStates(kind: FeatureKind, source: JudgeOptions['states']): Promise<StateReader> {
  if (source === undefined) throw new MissingStatesError(caller, kind)
  return typeof source === 'function' ? source() : source
}

function requireModel({ model }: ProbeFile, states: StateReader): void {
  if (model === undefined || model === states.model) return
  const problem = `is a probe of another model: expected ${states.model}, got ${model}`
  throw new ProbeMismatchError(caller, problem, 'model', states.model, model)
}

function requireColumns(file: ProbeFile, kind: FeatureKind, units: number): void {
  const hasDescriptors = kind === 'descriptors' || kind === 'both'
  const columns = units + (hasDescriptors ? featureNames.length : 0)
  const { length } = file.probe.weights
  if (length !== columns) {
    const problem = `expected ${columns} columns of kind ${kind}, got ${length}`
    throw new ProbeMismatchError(caller, problem, 'columns', columns, length)
  }
  if (hasDescriptors) requireDescriptors(file)
}

function requireDescriptors(file: ProbeFile): void {
  // Files say their version since there has been more than one.
  const version = file.featuresVersion ?? 1
  if (version !== featuresVersion) {
    const problem = `is of version ${version} of the descriptors, expected ${featuresVersion}`
    throw new ProbeMismatchError(caller, problem, 'version', featuresVersion, version)
  }
  const names = (file.featureNames ?? featureNames).slice(-featureNames.length)
  const wrong = names.findIndex((name, index) => name !== featureNames[index])
  if (wrong < 0) return
  const [expected, got] = [featureNames[wrong]!, names[wrong]!]
  const problem = `is of other descriptors: expected ${quoted(expected)}, got ${quoted(got)}`
  throw new ProbeMismatchError(caller, problem, 'descriptors', expected, got)
}
