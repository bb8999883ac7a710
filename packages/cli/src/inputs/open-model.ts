import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vocabulary } from '@vgm/encoding'
import type { MlstmModel } from '@vgm/mlstm'
import { CommandError } from '../terminal/errors.js'
import { kindOf, naming } from '../terminal/files.js'

/** The name of the model of `@vgm/pretrained`. */
export const shippedModel = 'pretrained'

/**
 * The folder that a model's name stands for.
 *
 * @param name A model folder; `pretrained`, where no folder has this name, is the shipped one.
 * @throws {CommandError} naming the folder, if it is missing.
 */
export async function modelFolder(name: string): Promise<string> {
  const kind = await kindOf(name)
  if (name === shippedModel && kind !== 'folder') return shippedFolder()
  if (kind === 'none') throw new CommandError(`${name}: no such model folder`)
  if (kind === 'file') throw new CommandError(`${name}: is a file, expected a model folder`)
  return name
}

/** The folder of the model of `@vgm/pretrained`. */
export async function shippedFolder(): Promise<string> {
  const { modelUrl } = await import('@vgm/pretrained')
  return fileURLToPath(modelUrl)
}

/**
 * Reads a model that speaks the vocabulary of `@vgm/encoding`.
 *
 * @param name As of {@link modelFolder}.
 * @throws {CommandError} naming the folder, if it is missing, damaged or of another vocabulary.
 */
export async function readModel(name: string): Promise<MlstmModel> {
  const source = await modelFolder(name)
  const [{ mlstm }, { loadModel }, { folder }] = await Promise.all([
    import('@vgm/mlstm'),
    import('@vgm/nn'),
    import('@vgm/nn/node')
  ])
  return naming(join(name), () => loadModel(folder(source), { architectures: [mlstm], vocabulary }))
}
