import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vocabulary } from '@vgm/encoding'
import type { MlstmModel } from '@vgm/mlstm'
import type { TransformerModel } from '@vgm/transformer'
import { CommandError } from '../terminal/errors.js'
import { kindOf, naming } from '../terminal/files.js'

/** The name of the model of `@vgm/pretrained`, the paper's. */
export const shippedModel = 'pretrained'
/** The name of the model of `@vgm/pretrained-transformer`, which composes to plans. */
export const plannedModel = 'transformer'

/**
 * The folder that a model's name stands for.
 *
 * @param name A model folder; where no folder has this name, `pretrained` and `transformer` are the shipped ones.
 * @throws {CommandError} naming the folder, if it is missing.
 */
export async function modelFolder(name: string): Promise<string> {
  const kind = await kindOf(name)
  if (name === shippedModel && kind !== 'folder') return shippedFolder()
  if (name === plannedModel && kind !== 'folder') return plannedFolder()
  if (kind === 'none') throw new CommandError(`${name}: no such model folder`)
  if (kind === 'file') throw new CommandError(`${name}: is a file, expected a model folder`)
  return name
}

/** The folder of the model of `@vgm/pretrained`. */
export async function shippedFolder(): Promise<string> {
  const { modelUrl } = await import('@vgm/pretrained')
  return fileURLToPath(modelUrl)
}

/** The folder of the model of `@vgm/pretrained-transformer`. */
export async function plannedFolder(): Promise<string> {
  const { modelUrl } = await import('@vgm/pretrained-transformer')
  return fileURLToPath(modelUrl)
}

/**
 * Reads a model of the paper's architecture that speaks the vocabulary of `@vgm/encoding`.
 *
 * @param name As of {@link modelFolder}.
 * @throws {CommandError} naming the folder, if it is missing, damaged or of another vocabulary or architecture.
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

/** Whether a model is of the paper's architecture. */
export function isMlstm(model: MlstmModel | TransformerModel): model is MlstmModel {
  return 'units' in model.config
}

/** Reads a model of either architecture. @throws as {@link readModel}. */
export async function readAnyModel(name: string): Promise<MlstmModel | TransformerModel> {
  const source = await modelFolder(name)
  const { mlstm } = await import('@vgm/mlstm')
  const { transformer } = await import('@vgm/transformer')
  const { loadModel } = await import('@vgm/nn')
  const { folder } = await import('@vgm/nn/node')
  const architectures = [mlstm, transformer] as const
  return naming(join(name), () => loadModel(folder(source), { architectures, vocabulary }))
}
