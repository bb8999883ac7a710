import type { StateReader } from '@vgm/emotion'
import { type Engine, finalStates, type Model, meanStates, modelDigest } from '@vgm/mlstm'

/** A model as what probes read. The engine is opened once, when states are first read. */
export async function modelStates(model: Model, openEngine: () => Promise<Engine>): Promise<StateReader> {
  let opened: Promise<Engine> | undefined
  return {
    units: model.config.units,
    model: await modelDigest(model),
    async read(sequences, which, { signal, onProgress }) {
      opened ??= openEngine()
      const total = sequences.reduce((sum, ids) => sum + ids.length, 0)
      return (which === 'mean' ? meanStates : finalStates)(model, sequences, {
        engine: await opened,
        ...(signal && { signal }),
        onProgress: done => onProgress?.({ phase: 'reading', done, total, unit: 'words' })
      })
    }
  }
}
