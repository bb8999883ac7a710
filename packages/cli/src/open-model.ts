import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vocabulary } from '@vgm/encoding'
import { loadModel, type Model } from '@vgm/mlstm'
import { folder } from '@vgm/mlstm/node'
import { CommandError } from './errors.js'
import { kindOf, naming } from './files.js'

/** The name of the model of `@vgm/pretrained`. */
export const shippedModel = 'pretrained'

/**
 * Reads a model that speaks the vocabulary of `@vgm/encoding`.
 *
 * @param name A model folder; `pretrained`, where no folder has this name, is the shipped one.
 * @throws {CommandError} naming the folder, if it is missing, damaged or of another vocabulary.
 */
export async function openModel(name: string): Promise<Model> {
  const kind = await kindOf(name)
  if (name === shippedModel && kind !== 'folder') {
    const { modelUrl } = await import('@vgm/pretrained')
    return naming(shippedModel, () => loadModel(folder(fileURLToPath(modelUrl)), vocabulary))
  }
  if (kind === 'none') throw new CommandError(`${name}: no such model folder`)
  if (kind === 'file') throw new CommandError(`${name}: is a file, expected a model folder`)
  return naming(join(name), () => loadModel(folder(name), vocabulary))
}
