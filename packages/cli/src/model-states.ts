import type { StateReader } from '@vgm/emotion'
import type { MlstmConfig, MlstmModel } from '@vgm/mlstm'
import { type Engine, modelDigest, type OpenedModel, openModel, readStates } from '@vgm/nn'

/** A model as what probes read. It is opened once, when states are first read. */
export async function modelStates(
  model: MlstmModel,
  openEngine: () => Promise<Engine>
): Promise<StateReader> {
  let opened: Promise<OpenedModel<MlstmConfig>> | undefined
  return {
    units: model.config.units,
    model: await modelDigest(model),
    async read(sequences, which, watch) {
      opened ??= openEngine().then(engine => openModel(model, { engine }))
      return readStates(await opened, sequences, { ...watch, summary: which === 'mean' ? 'mean' : 'last' })
    }
  }
}
