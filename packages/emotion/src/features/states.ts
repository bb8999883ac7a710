import type { Cancel, Watch } from '@vgm/base'
import { encode, type Score, vocabulary } from '@vgm/encoding'
import type { Matrix } from '@vgm/probe'

/** A model of music that can be asked for its states. */
export interface StateReader {
  /** How many units the model has, `H`. */
  readonly units: number
  /** Identifies the model, such as a digest of its weights: a probe of states names its model. */
  readonly model: string
  /**
   * Reads sequences, each from the zero state.
   *
   * @param sequences The ids of each, in the vocabulary of `@vgm/encoding`.
   * @param which The cell state after the last id, or the mean of the cell states after every id.
   * @returns Row-major `[N, H]`, in the order of the sequences.
   */
  read(
    sequences: readonly Uint16Array[],
    which: 'final' | 'mean',
    watch: Cancel & Watch
  ): Promise<Float32Array>
}

/**
 * States of scores. They are the model's after it has read an end of piece, as before every piece in training, and the words
 * of the score without the end of its own; a mean is over all of these words.
 *
 * @returns `[N, H]`, in the order of the scores.
 */
export async function statesOf(
  scores: readonly Score[],
  which: 'final' | 'mean',
  states: StateReader,
  watch: Cancel & Watch
): Promise<Matrix & { readonly data: Float32Array }> {
  watch.signal?.throwIfAborted()
  const { units } = states
  if (scores.length === 0) return { data: new Float32Array(), rows: 0, columns: units }
  return {
    data: await states.read(scores.map(wordsBefore), which, watch),
    rows: scores.length,
    columns: units
  }
}

/** The words of a score, its end of piece moved to the front. */
function wordsBefore(score: Score): Uint16Array {
  const ids = encode(score)
  ids.copyWithin(1, 0)
  ids[0] = vocabulary.idOf('\n')
  return ids
}
