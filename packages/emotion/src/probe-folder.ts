import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { VgmError } from '@vgm/base'
import { probeFromJson } from '@vgm/probe'

/** The path of the probe that a model folder keeps under a name. */
export function probePath(folder: string, name: string): string {
  return join(folder, 'probes', `${name}.json`)
}

/** The names of the probes that a model folder keeps, sorted. */
export async function probeNames(folder: string): Promise<string[]> {
  const files = await readdir(dirname(probePath(folder, ''))).catch(() => [])
  return files
    .filter(file => file.endsWith('.json'))
    .map(file => file.slice(0, -'.json'.length))
    .sort()
}

/** A model folder keeps no probe of this name. */
export class UnknownProbeError extends VgmError {
  override readonly name = 'UnknownProbeError'

  constructor(
    /** Where the probe would be. */
    readonly path: string,
    /** The names of the probes that the folder keeps. */
    readonly own: readonly string[],
    /** The names of the probes that go with every model. */
    readonly shared: readonly string[]
  ) {
    const known = [...new Set([...own, ...shared])].join(', ') || 'no probe'
    super('UNKNOWN_PROBE', `${path} expected one of ${known}`, { caller: 'findProbe' })
  }
}

/**
 * The path of a probe by its name.
 *
 * @param folder The model folder, whose probes come first.
 * @param shared A model folder whose probes of descriptors, which see no model, go with every model.
 * @throws {UnknownProbeError} if neither has it.
 * @throws {JsonError} if a probe of the shared folder is damaged.
 */
export async function findProbe(name: string, folder: string, shared: string): Promise<string> {
  const path = probePath(folder, name)
  if ((await stat(path).catch(() => undefined))?.isFile()) return path
  const names = await descriptorProbes(shared)
  if (names.includes(name)) return probePath(shared, name)
  throw new UnknownProbeError(path, await probeNames(folder), names)
}

async function descriptorProbes(folder: string): Promise<string[]> {
  const names = await probeNames(folder)
  const files = await Promise.all(names.map(name => readFile(probePath(folder, name), 'utf8')))
  return names.filter((_, index) => probeFromJson(files[index]!).featureKind === 'descriptors')
}
