import { type Judge, openJudge as openProbe, ProbeMismatchError } from '@vgm/emotion'
import type { MlstmModel } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { type ProbeFile, probeFromJson } from '@vgm/probe'
import { CommandError } from './errors.js'
import { kindOf, naming, readInput } from './files.js'
import { shippedFolder } from './open-model.js'
import { probeNames, probePath } from './probe-folder.js'

/** A judge, and how the user calls it. */
export interface NamedJudge extends Judge {
  readonly name: string
}

/** What a judge works with. Where model and engine are functions, only a probe that reads states calls them. */
export interface JudgeOptions {
  readonly model: MlstmModel | (() => Promise<MlstmModel>)
  /** The model's folder, in which probes are looked up by name. */
  readonly folder: string
  readonly engine: Engine | (() => Promise<Engine>)
}

/**
 * Reads a probe.
 *
 * @param nameOrPath The name of one in the model's folder, or of a shipped one that judges descriptors, which are the same
 *   for every model; or the path of a JSON file.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model or of another version of the
 *   descriptors.
 */
export async function openJudge(nameOrPath: string, options: JudgeOptions): Promise<NamedJudge> {
  const { path, file } = await findProbe(nameOrPath, options.folder)
  const states = async () => {
    const [model, { modelStates }] = await Promise.all([resolved(options.model), import('@vgm/nn')])
    return modelStates(model, () => resolved(options.engine))
  }
  try {
    return { name: nameOrPath, ...(await naming(path, () => openProbe({ probe: file, states }))) }
  } catch (error) {
    throw withAdvice(error, path, options.folder)
  }
}

/** Says more about probes that do not fit. */
function withAdvice(error: unknown, path: string, folder: string): unknown {
  if (!(error instanceof CommandError) || !(error.cause instanceof ProbeMismatchError)) return error
  const { mismatch } = error.cause
  if (mismatch === 'model') {
    return new CommandError(`${path}: is a probe of another model: ${folder} has other weights`)
  }
  return mismatch === 'version' ? new CommandError(`${error.message}; vgm probe fits it anew`) : error
}

/** A probe file that was read. */
interface FoundProbe {
  readonly path: string
  readonly file: ProbeFile
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
  return { path, file }
}

/** The shipped probes that judge descriptors, by name. */
async function shippedJudges(): Promise<Map<string, FoundProbe>> {
  const folder = await shippedFolder()
  const names = await probeNames(folder)
  const probes = await Promise.all(
    names.map(async name => [name, await readProbe(probePath(folder, name))] as const)
  )
  return new Map(probes.filter(([, { file }]) => file.featureKind === 'descriptors'))
}

async function resolved<T extends object>(value: T | (() => Promise<T>)): Promise<T> {
  return typeof value === 'function' ? (value as () => Promise<T>)() : value
}
