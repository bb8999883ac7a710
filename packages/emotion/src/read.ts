import { type Cancel, requireInteger, type Watch } from '@vgm/base'
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

/** What {@link judgeEach} takes. */
export interface JudgeEachOptions extends Cancel, Watch {
  /** How many phrases are judged together, or a few more (default: 2,000). More are quicker and take more memory. */
  readonly batch?: number
}

/**
 * The emotions of any number of pieces, in their order. Pieces are read until there are enough phrases to judge together;
 * `onProgress` reports on those.
 */
export async function* judgeEach<T extends { readonly piece: Piece }>(
  items: AsyncIterable<T>,
  judge: Judge,
  { batch = 2000, ...watch }: JudgeEachOptions = {}
): AsyncGenerator<{ readonly item: T; readonly emotion: Emotion }, void, undefined> {
  requireInteger('judgeEach', 'batch', batch, 1)
  let waiting: T[] = []
  let phrases = 0
  async function* judged() {
    const pieces = waiting.map(({ piece }) => piece)
    const emotions = await judgePieces(pieces, judge, watch)
    for (const [index, item] of waiting.entries()) yield { item, emotion: emotions[index]! }
    waiting = []
    phrases = 0
  }
  for await (const item of items) {
    waiting.push(item)
    phrases += item.piece.phrases.length
    if (phrases >= batch) yield* judged()
  }
  if (waiting.length > 0) yield* judged()
}
