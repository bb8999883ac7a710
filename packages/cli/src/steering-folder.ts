import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Model, type Steering, steeringFromJson } from '@vgm/mlstm'
import { CommandError } from './errors.js'
import { kindOf, naming, readInput } from './files.js'
import { modelDigest } from './model-digest.js'

/** Where a model folder keeps a steering. */
export function steeringPath(folder: string, name: string): string {
  return join(folder, 'steering', `${name}.json`)
}

/**
 * Reads a steering.
 *
 * @param nameOrPath The name of one in the model's folder, or the path of a JSON file.
 * @param strength What the offsets are multiplied by.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model, or cannot be weakened.
 */
export async function openSteering(
  nameOrPath: string,
  { model, folder, strength }: { readonly model: Model; readonly folder: string; readonly strength: number }
): Promise<Steering> {
  const isName = /^[^/\\]+$/.test(nameOrPath) && !nameOrPath.endsWith('.json')
  const path = isName ? steeringPath(folder, nameOrPath) : nameOrPath
  if (isName && (await kindOf(path)) !== 'file') throw await missing(nameOrPath, path, folder)
  const expected = { units: model.config.units, model: modelDigest(model) }
  const { steering } = await naming(path, async () =>
    steeringFromJson(new TextDecoder().decode(await readInput(path)), path, expected)
  )
  if (strength === 1) return steering
  if (steering.mode === 'set')
    throw new CommandError(`${path}: replaces the state of units: it has no --strength`)
  return { ...steering, offsets: steering.offsets.map(offset => offset * strength) }
}

async function missing(name: string, path: string, folder: string): Promise<CommandError> {
  const files = await readdir(dirname(path)).catch(() => [])
  const names = files.filter(file => file.endsWith('.json')).map(file => file.slice(0, -'.json'.length))
  const there = names.length === 0 ? 'nothing yet' : names.sort().join(', ')
  return new CommandError(
    `${folder}: is not steered to ${name} (it is to ${there}); vgm steer MODEL --target ${name} does that`
  )
}
