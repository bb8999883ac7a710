import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readSteering, strengthen } from '@vgm/composer'
import type { MlstmModel, Steering } from '@vgm/mlstm'
import { closestMatch } from 'leven'
import { CommandError, UsageError } from './errors.js'
import { kindOf, naming, readInput } from './files.js'
import { modelFolder } from './open-model.js'

/** Where a model folder keeps a steering. */
export function steeringPath(folder: string, name: string): string {
  return join(folder, 'steering', `${name}.json`)
}

/** A steering that is ready to be used. */
export interface OpenSteering {
  readonly steering: Steering
  /** As it was asked for. */
  readonly sentiment: string
  readonly strength: number
}

/**
 * Reads a steering.
 *
 * @param sentiment The name of one in the model's folder, or the path of a JSON file.
 * @param options.name The model's, as of `readModel`.
 * @param options.strength What the offsets are multiplied by (default: 1).
 * @throws {UsageError} naming the choices, if the model has steerings but none of this name.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model, or cannot be weakened.
 */
export async function openSteering(
  sentiment: string,
  options: { readonly model: MlstmModel; readonly name: string; readonly strength?: number | undefined }
): Promise<OpenSteering> {
  const { model, name, strength = 1 } = options
  const isName = /^[^/\\]+$/.test(sentiment) && !sentiment.endsWith('.json')
  const path = isName ? steeringPath(await modelFolder(name), sentiment) : sentiment
  if (isName && (await kindOf(path)) !== 'file') throw await missing(sentiment, path, name)
  const steering = await naming(path, async () =>
    readSteering(model, new TextDecoder().decode(await readInput(path)), path)
  )
  if (strength !== 1 && steering.mode === 'set') {
    throw new CommandError(`${path}: replaces the state of units: it has no --strength`)
  }
  return { steering: strengthen(steering, strength), sentiment, strength }
}

/** What to say where the model has no steering of this name. */
async function missing(sentiment: string, path: string, model: string): Promise<Error> {
  const files = await readdir(dirname(path)).catch(() => [])
  const names = files
    .filter(file => file.endsWith('.json') && !file.endsWith('.search.json'))
    .map(file => file.slice(0, -'.json'.length))
    .sort()
  if (names.length === 0) {
    return new CommandError(
      `${model}: cannot be steered yet; vgm steer ${model} --target ${sentiment} finds how`
    )
  }
  const nearest = nearestOf(sentiment, names)
  const hint = nearest === undefined ? '' : ` (Did you mean ${nearest}?)`
  return new UsageError(`--sentiment ${sentiment}: ${model} knows ${names.join(', ')}${hint}`)
}

/** What people call the two directions that models are steered in. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  positive: ['happy', 'joyful', 'cheerful', 'bright', 'good', '+'],
  negative: ['sad', 'gloomy', 'dark', 'angry', 'tense', 'bad', '-']
}

function nearestOf(word: string, names: readonly string[]): string | undefined {
  const lower = word.toLowerCase()
  const named = names.find(name => synonyms[name]?.includes(lower))
  return named ?? closestMatch(lower, names, { maxDistance: Math.floor(lower.length / 2) })
}
