import type { Cancel, Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { type Emotion, emotionOf } from './curve.js'
import { type Judge, type JudgeOptions, openJudge } from './judge.js'
import { type Piece, preparePiece } from './piece.js'

/** Reads the emotion of music. */
export interface EmotionReader {
  readonly judge: Judge
  /**
   * The emotion of a piece, as a whole and bar by bar.
   *
   * @param music A MIDI file's bytes, or a score.
   * @throws as {@link preparePiece}, and with the reason of a signal that was aborted.
   */
  read(music: Uint8Array | Score, watch?: Cancel & Watch): Promise<Emotion>
}

/**
 * Opens a reader of emotion. It works in Node, pages and workers, and never blocks a page for long where the probe reads
 * descriptors; with states, that is up to the model.
 *
 * @throws as {@link openJudge}.
 */
export async function openEmotionReader(options: JudgeOptions): Promise<EmotionReader> {
  const judge = await openJudge(options)
  return {
    judge,
    async read(music, watch = {}) {
      const [emotion] = await judgePieces([await preparePiece(music, watch)], judge, watch)
      return emotion!
    }
  }
}

/**
 * The emotions of several pieces, whose phrases are judged together: a judge that reads states is quicker with many.
 *
 * @returns In the order of the pieces.
 */
export async function judgePieces(
  pieces: readonly Piece[],
  judge: Judge,
  watch: Cancel & Watch = {}
): Promise<Emotion[]> {
  const scores = pieces.flatMap(({ phrases }) => phrases.map(({ score }) => score))
  const probabilities = scores.length === 0 ? new Float64Array() : await judge.probabilities(scores, watch)
  let first = 0
  return pieces.map(piece => {
    const end = first + piece.phrases.length
    const emotion = emotionOf(piece, probabilities.subarray(first, end))
    first = end
    return emotion
  })
}
