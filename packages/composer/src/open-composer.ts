import { requireInteger } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { type Engine, eager, generate, type Model, type OpenedModel, openModel } from '@vgm/nn'
import { DisposedError, ShortPieceError } from './errors.js'
import type { ComposeAllOptions, ComposeOptions, StreamOptions } from './options.js'
import { finishPiece, type Piece } from './piece.js'
import { beginningOf, drawingOf, requireOneEnd, transpositionsOf } from './plan.js'
import { streamBars } from './stream-bars.js'
import { tokenizerOf } from './tokenizer-of.js'
import { withBreaks } from './with-breaks.js'

/** Composes with one model on one engine. Opened once, used often. */
export interface Composer extends AsyncDisposable {
  /**
   * Composes a piece.
   *
   * @throws {ShortPieceError} if what comes out is too short to be a piece.
   * @throws {InvalidOptionError} if an option is out of range.
   * @throws the signal's reason, if it is aborted.
   */
  compose(options: ComposeOptions): Promise<Piece>
  /**
   * Composes pieces side by side, which takes far less time than one after the other. Each is the one that it is alone.
   *
   * @returns A piece for each, or the error that `compose` would reject with if it is too short.
   * @throws as `compose` for everything else.
   */
  composeAll(options: ComposeAllOptions): Promise<(Piece | ShortPieceError)[]>
  /**
   * Composes a piece bar by bar: yields each bar as a score of its own, from tick 0 on, as soon as it is complete.
   *
   * The bars, laid end to end, are the score that `compose` gives for the same options. The words of the model know no time
   * signature, so bars are of 4/4: 4 quarters of 960 ticks. Notes keep their length where they sound on after their bar. A
   * bar of silence comes when a note follows it; the last bar comes when the piece has ended.
   *
   * @throws as `compose`, after the bars.
   */
  stream(options: StreamOptions): AsyncGenerator<Score>
}

/** What a composer works with. */
export interface ComposerOptions {
  /** A model whose vocabulary is one of `@vgm/encoding`. */
  readonly model: Model
  /** What computes; by default the tfjs backend that is set. */
  readonly engine?: Engine
}

/**
 * Opens a composer.
 *
 * @throws {VgmError} `VOCABULARY`, if the vocabulary of the model is another.
 */
export async function openComposer({ model, engine }: ComposerOptions): Promise<Composer> {
  tokenizerOf(model, 'openComposer')
  const opened = await openModel(model, { engine: withBreaks(engine ?? (await eager())) })
  let isDisposed = false
  const requireOpen = (caller: string) => {
    if (isDisposed) throw new DisposedError(caller)
  }
  return {
    async compose(options) {
      requireOpen('compose')
      const [piece] = await composeAll('compose', opened, options)
      if (piece instanceof ShortPieceError) throw piece
      return piece!
    },
    async composeAll(options) {
      requireOpen('composeAll')
      return composeAll('composeAll', opened, options)
    },
    stream(options) {
      requireOpen('stream')
      return streamBars(opened, options)
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true
      opened.dispose()
    }
  }
}

async function composeAll(
  caller: string,
  opened: OpenedModel,
  options: ComposeAllOptions
): Promise<(Piece | ShortPieceError)[]> {
  const { count = 1, words, bars, grammar = true, withoutPrime = false, onProgress } = options
  requireInteger(caller, 'count', count, 1)
  requireOneEnd(caller, options)
  const transpositions = transpositionsOf(caller, options, count)
  const { model } = opened
  const tokenizer = tokenizerOf(model, caller)
  const beginning = beginningOf(tokenizer, options)
  const pieces = await generate(opened, {
    ...drawingOf(model, tokenizer, options, beginning),
    count,
    ...(onProgress && { onProgress })
  })
  return pieces.map((ids, index) =>
    finishPiece(tokenizer, beginning, ids, {
      caller,
      grammar,
      withoutPrime,
      words,
      bars,
      semitones: transpositions[index]!
    })
  )
}
