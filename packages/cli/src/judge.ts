import type { Score } from '@vgm/encoding'
import { featureNames, featuresVersion } from '@vgm/features'
import type { Engine, Model } from '@vgm/mlstm'
import { type ProbeFile, probabilities, probeFromJson } from '@vgm/probe'
import { describeInParts, type OnProgress } from './descriptor-matrix.js'
import { CommandError } from './errors.js'
import { type FeatureKind, featureKinds } from './feature-kind.js'
import { kindOf, naming, readInput } from './files.js'
import { shippedFolder } from './open-model.js'
import { probeNames, probePath } from './probe-folder.js'

/** A probe that is ready to say how positive music is. */
export interface Judge {
  /** As it was asked for. */
  readonly name: string
  readonly file: ProbeFile
  readonly kind: FeatureKind
  /** The probability that each score is positive, in their order. */
  probabilities(scores: readonly Score[], onProgress?: OnProgress): Promise<Float64Array>
}

/** What a judge works with. Where model and engine are functions, only a probe that reads states calls them. */
export interface JudgeOptions {
  readonly model: Model | (() => Promise<Model>)
  /** The model's folder, in which probes are looked up by name. */
  readonly folder: string
  readonly engine: Engine | (() => Promise<Engine>)
  readonly signal: AbortSignal
}

/**
 * Reads a probe.
 *
 * @param nameOrPath The name of one in the model's folder, or of a shipped one that judges descriptors, which are the same
 *   for every model; or the path of a JSON file.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model or of another version of the
 *   descriptors.
 */
export async function openJudge(nameOrPath: string, options: JudgeOptions): Promise<Judge> {
  const { path, file, kind } = await findProbe(nameOrPath, options.folder)
  const judge = { name: nameOrPath, file, kind }
  if (kind === 'descriptors') {
    requireColumns(path, file, featureNames.length, 'descriptors')
    return {
      ...judge,
      async probabilities(scores, onProgress) {
        const features = await describeInParts(scores, options.signal, onProgress)
        return probabilities(file.probe, features)
      }
    }
  }
  const [model, { featuresOf }, { modelDigest }] = await Promise.all([
    resolved(options.model),
    import('./sentiment-features.js'),
    import('./model-digest.js')
  ])
  if (file.model !== undefined && file.model !== modelDigest(model)) {
    throw new CommandError(`${path}: is a probe of another model: ${options.folder} has other weights`)
  }
  const { units } = model.config
  requireColumns(path, file, kind === 'both' ? units + featureNames.length : units, kind)
  const { signal } = options
  let opened: Promise<Engine> | undefined
  const engine = () => {
    opened ??= resolved(options.engine)
    return opened
  }
  return {
    ...judge,
    async probabilities(scores, onProgress) {
      const reading = { engine, signal, ...(onProgress !== undefined && { onProgress }) }
      return probabilities(file.probe, (await featuresOf(kind, scores, model, reading)).features)
    }
  }
}

/** A probe file that was read. */
interface FoundProbe {
  readonly path: string
  readonly file: ProbeFile
  readonly kind: FeatureKind
}

async function findProbe(nameOrPath: string, folder: string): Promise<FoundProbe> {
  const isName = /^[^/\\]+$/.test(nameOrPath) && !nameOrPath.endsWith('.json')
  const path = isName ? probePath(folder, nameOrPath) : nameOrPath
  if (!isName || (await kindOf(path)) === 'file') return readProbe(path)
  const shipped = await shippedJudges()
  const found = shipped.get(nameOrPath)
  if (found !== undefined) return found
  const own = await probeNames(folder)
  const there = own.length === 0 ? 'has none' : `has ${own.join(', ')}`
  const others = [...shipped.keys()].filter(name => !own.includes(name))
  const more = others.length === 0 ? '' : `; ${others.join(', ')} go with every model`
  throw new CommandError(`${path}: no such probe: the model ${there}${more}. vgm probe makes them`)
}

async function readProbe(path: string): Promise<FoundProbe> {
  const file = await naming(path, async () => probeFromJson(new TextDecoder().decode(await readInput(path))))
  return { path, file, kind: kindOfProbe(path, file) }
}

/** The shipped probes that judge descriptors, by name. */
async function shippedJudges(): Promise<Map<string, FoundProbe>> {
  const folder = await shippedFolder()
  const names = await probeNames(folder)
  const probes = await Promise.all(
    names.map(async name => [name, await readProbe(probePath(folder, name))] as const)
  )
  return new Map(probes.filter(([, { kind }]) => kind === 'descriptors'))
}

function kindOfProbe(path: string, { featureKind }: ProbeFile): FeatureKind {
  const kind = featureKinds.find(name => name === featureKind)
  if (kind !== undefined) return kind
  const expected = `features.kind expected one of ${featureKinds.join(', ')}`
  throw new CommandError(`${path}: ${expected}, got ${JSON.stringify(featureKind) ?? 'nothing'}`)
}

function requireColumns(path: string, file: ProbeFile, columns: number, kind: FeatureKind): void {
  const { weights } = file.probe
  if (weights.length !== columns) {
    throw new CommandError(`${path}: expected ${columns} columns of kind ${kind}, got ${weights.length}`)
  }
  if (kind !== 'descriptors' && kind !== 'both') return
  // Files say their version since there has been more than one.
  const version = file.featuresVersion ?? 1
  if (version !== featuresVersion) {
    throw new CommandError(
      `${path}: is of version ${version} of the descriptors, expected ${featuresVersion}; vgm probe fits it anew`
    )
  }
  const names = (file.featureNames ?? featureNames).slice(-featureNames.length)
  const wrong = names.findIndex((name, index) => name !== featureNames[index])
  if (wrong < 0) return
  const [expected, got] = [featureNames, names].map(list => JSON.stringify(list[wrong]))
  throw new CommandError(`${path}: is of other descriptors: expected ${expected}, got ${got}`)
}

async function resolved<T extends object>(value: T | (() => Promise<T>)): Promise<T> {
  return typeof value === 'function' ? (value as () => Promise<T>)() : value
}
