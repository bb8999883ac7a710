import type { StateReader } from '../src/index.js'

/** The units of {@link toyStates}. */
export const toyUnits = 3

/** A made-up model: its states are the number of ids, their last, and the first, a hundredth each; means are half of them. */
export function toyStates(): StateReader & { readonly calls: string[] } {
  const calls: string[] = []
  return {
    units: toyUnits,
    model: 'toy',
    calls,
    async read(sequences, which, { signal, onProgress }) {
      signal?.throwIfAborted()
      calls.push(which)
      const factor = which === 'final' ? 0.01 : 0.005
      onProgress?.({ phase: 'reading', done: 1, total: 1, unit: 'words' })
      return Float32Array.from(
        sequences.flatMap(ids => [ids.length, ids.at(-1)!, ids[0]!].map(value => factor * value))
      )
    }
  }
}
