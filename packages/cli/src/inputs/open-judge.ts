import { type Judge, openJudge as openProbe, ProbeMismatchError } from '@vgm/emotion'
import { findProbe, UnknownProbeError } from '@vgm/emotion/node'
import type { MlstmModel } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { CommandError } from '../terminal/errors.js'
import { isName, naming, readInput } from '../terminal/files.js'
import { shippedFolder } from './open-model.js'

/** A judge, and how the user calls it. */
export interface NamedJudge extends Judge {
  readonly name: string
}

/** What a judge works with. Only a probe that reads states opens the model and the engine. */
export interface JudgeOptions {
  readonly model: () => Promise<MlstmModel>
  /** The model's folder, in which probes are looked up by name. */
  readonly folder: string
  readonly engine: () => Promise<Engine>
}

/**
 * Reads a probe.
 *
 * @param nameOrPath The name of one in the model's folder, or of a shipped one that judges descriptors, which are the same
 *   for every model; or the path of a JSON file.
 * @throws {CommandError} naming the file, if it is missing, damaged, of another model or of another version of the
 *   descriptors.
 */
export async function openJudge(
  nameOrPath: string,
  { model, folder, engine }: JudgeOptions
): Promise<NamedJudge> {
  const path = isName(nameOrPath) ? await pathOf(nameOrPath, folder) : nameOrPath
  const probe = new TextDecoder().decode(await readInput(path))
  const states = async () => (await import('@vgm/nn')).modelStates(await model(), engine)
  try {
    return { name: nameOrPath, ...(await naming(path, () => openProbe({ probe, states }))) }
  } catch (error) {
    if (!(error instanceof CommandError) || !(error.cause instanceof ProbeMismatchError)) throw error
    const { mismatch } = error.cause
    if (mismatch === 'model') {
      throw new CommandError(`${path}: is a probe of another model: ${folder} has other weights`)
    }
    throw mismatch === 'version' ? new CommandError(`${error.message}; vgm probe fits it anew`) : error
  }
}

async function pathOf(name: string, folder: string): Promise<string> {
  try {
    return await findProbe(name, folder, await shippedFolder())
  } catch (error) {
    if (!(error instanceof UnknownProbeError)) throw error
    const { path, own, shared } = error
    const there = own.length === 0 ? 'has none' : `has ${own.join(', ')}`
    const others = shared.filter(each => !own.includes(each))
    const more = others.length === 0 ? '' : `; ${others.join(', ')} go with every model`
    throw new CommandError(`${path}: no such probe: the model ${there}${more}. vgm probe makes them`)
  }
}
