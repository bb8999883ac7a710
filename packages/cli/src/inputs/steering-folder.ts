import { readSteering, strengthen } from '@vgm/composer'
import { steeringNames, steeringPath } from '@vgm/composer/node'
import type { MlstmModel, Steering } from '@vgm/mlstm'
import { closestMatch } from 'leven'
import { CommandError, UsageError } from '../terminal/errors.js'
import { isName, kindOf, naming, readInput } from '../terminal/files.js'
import { modelFolder } from './open-model.js'

/** A steering that is ready to be used. */
export interface OpenSteering {
  readonly steering: Steering
  /** Its name or path. */
  readonly sentiment: string
  readonly strength: number
}

/**
 * Reads a steering, its offsets multiplied by `strength` (default: 1).
 *
 * @param sentiment The name of one in the model's folder, or the path of a JSON file.
 * @param options.name The model's, as of `readModel`.
 * @throws {UsageError} naming the choices, if the model has steerings but none of this name.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model, or cannot be weakened.
 */
export async function openSteering(
  sentiment: string,
  options: { readonly model: MlstmModel; readonly name: string; readonly strength?: number | undefined }
): Promise<OpenSteering> {
  const { model, name, strength = 1 } = options
  const folder = await modelFolder(name)
  const path = isName(sentiment) ? steeringPath(folder, sentiment) : sentiment
  if (isName(sentiment) && (await kindOf(path)) !== 'file') throw await missing(sentiment, folder, name)
  const text = new TextDecoder().decode(await readInput(path))
  const steering = await naming(path, () => readSteering(model, text, path))
  if (strength !== 1 && steering.mode === 'set') {
    throw new CommandError(`${path}: replaces the state of units: it has no --strength`)
  }
  return { steering: strengthen(steering, strength), sentiment, strength }
}

/** What to say where the model has no steering of this name. */
async function missing(sentiment: string, folder: string, model: string): Promise<Error> {
  const names = await steeringNames(folder)
  if (names.length === 0) {
    return new CommandError(
      `${model}: cannot be steered yet; vgm steer ${model} --target ${sentiment} finds how`
    )
  }
  const nearest = nearestOf(sentiment.toLowerCase(), names)
  const hint = nearest === undefined ? '' : ` (Did you mean ${nearest}?)`
  return new UsageError(`--sentiment ${sentiment}: ${model} knows ${names.join(', ')}${hint}`)
}

/** What people call the two directions that models are steered in. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  positive: ['happy', 'joyful', 'cheerful', 'bright', 'good', '+'],
  negative: ['sad', 'gloomy', 'dark', 'angry', 'tense', 'bad', '-']
}

function nearestOf(word: string, names: readonly string[]): string | undefined {
  const named = names.find(name => synonyms[name]?.includes(word))
  return named ?? closestMatch(word, names, { maxDistance: Math.floor(word.length / 2) })
}
