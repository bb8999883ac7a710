import { barTicks, excerpt, lengthTicks, type Score, type Tokenizer, transpose } from '@vgm/encoding'
import { leastNotes } from './defaults.js'
import { ShortPieceError } from './errors.js'
import type { StreamOptions } from './options.js'
import { type RenderedMidi, renderMidi } from './render-midi.js'
import { countNotes, ticksOf } from './tokenizer-of.js'

/** A composed piece: plain data, which a worker can post as it is. */
export interface Piece extends RenderedMidi {
  readonly score: Score
  /** The ids that the model wrote, before the piece was transposed, with the end of the piece; `[T]`. */
  readonly words: Uint16Array
  /** By how many semitones it was moved after it was composed; absent where it was not. */
  readonly transposed?: number
  /** Whether it was cut because the model did not end it. */
  readonly isCut?: true
  /** The bar in which what comes after the prime begins, from 1; absent without a prime. */
  readonly newFromBar?: number
}

/** How a piece is finished. */
interface Finishing extends Pick<StreamOptions, 'words' | 'bars'> {
  readonly caller: string
  readonly grammar: boolean
  readonly withoutPrime: boolean
  readonly semitones: number
}

/**
 * The piece that a beginning and new words make.
 *
 * @returns An error if they are too short to be one.
 */
export function finishPiece(
  tokenizer: Tokenizer,
  beginning: Uint16Array,
  ids: Uint16Array,
  { caller, words, bars, grammar, withoutPrime, semitones }: Finishing
): Piece | ShortPieceError {
  const whole = Uint16Array.from([...beginning, ...ids])
  const newNotes = countNotes(tokenizer, ids)
  const isEnded = ids.at(-1) === tokenizer.endOfPiece
  if (isShort(newNotes, { words, bars })) return new ShortPieceError(caller, newNotes, isEnded)

  // At its bar a piece ends before its notes do.
  const unclosed = isEnded ? whole.subarray(0, -1) : whole
  const piece = grammar ? tokenizer.close(unclosed) : whole
  const score = transpose(tokenizer.decode(piece, { strict: grammar }), semitones)
  const start = ticksOf(tokenizer, beginning)
  const shown = withoutPrime ? excerptFrom(score, start) : score
  return {
    ...renderMidi(shown),
    score: shown,
    words: withoutPrime ? piece.slice(beginning.length) : piece,
    ...(semitones !== 0 && { transposed: semitones }),
    ...(!isEnded && words === undefined && { isCut: true }),
    ...(beginning.length > 0 && !withoutPrime && { newFromBar: barAt(score, start) })
  }
}

/** Whether so few new notes are no piece; one that the options ended may be short. */
export function isShort(notes: number, { words, bars }: Pick<StreamOptions, 'words' | 'bars'>): boolean {
  return notes === 0 || (words === undefined && bars === undefined && notes < leastNotes)
}

function excerptFrom(score: Score, startTick: number): Score {
  return excerpt(score, { startTick, endTick: lengthTicks(score) + 1 })
}

/** The bar of the first note from a tick on, from 1. */
function barAt(score: Score, tick: number): number {
  const first = score.notes.find(({ startTick }) => startTick >= tick)?.startTick ?? tick
  return barTicks(score).findLastIndex(start => start <= first) + 1
}
