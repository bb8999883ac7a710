import type { Cancel, Watch } from '@vgm/base'
import type { SequenceConfig } from '../architecture.js'
import type { Engine } from '../engines/types.js'
import { type OpenedModel, openModel } from '../open.js'
import { modelDigest } from '../storage/digest.js'
import type { Model } from '../storage/model.js'
import { readStates } from './evaluate.js'
import { readoutWidth } from './reader.js'

/** A model as probes see it. `StateReader` of `@vgm/emotion` takes it. */
export interface ModelStates {
  /** The numbers of a state, `H`. */
  readonly units: number
  /** The digest of the model's weights. */
  readonly model: string
  /**
   * Reads sequences, each from the zero state.
   *
   * @param which The state after the last id, or the mean of those after every id.
   * @returns Row-major `[N, H]`, in the order of the sequences.
   */
  read(
    sequences: readonly ArrayLike<number>[],
    which: 'final' | 'mean',
    watch?: Cancel & Watch
  ): Promise<Float32Array>
}

/**
 * The states of a model that is told nothing beside its tokens, as what probes read.
 *
 * @param openEngine Called once, when states are first read.
 */
export async function modelStates<Config extends SequenceConfig>(
  model: Model<Config>,
  openEngine: () => Promise<Engine>
): Promise<ModelStates> {
  let opened: Promise<OpenedModel<Config>> | undefined
  return {
    units: readoutWidth(model.architecture, model.config),
    model: await modelDigest(model),
    async read(sequences, which, watch) {
      opened ??= openEngine().then(engine => openModel(model, { engine }))
      return readStates(await opened, sequences, { ...watch, summary: which === 'mean' ? 'mean' : 'last' })
    }
  }
}
