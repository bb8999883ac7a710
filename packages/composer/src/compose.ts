import {
  barTicks,
  closePiece,
  decode,
  excerpt,
  lengthTicks,
  type Score,
  transpose,
  vocabulary
} from '@vgm/encoding'
import {
  createRandom,
  type Engine,
  generate,
  type Model,
  type SamplingOptions,
  type Steering
} from '@vgm/mlstm'
import { countNoun } from '../../cli/src/count-noun.js'
import { leastContinuation, leastNotes } from './defaults.js'
import { toMidiPiece } from './midi-piece.js'
import { pieceGrammar } from './piece-grammar.js'
import type { FailedPiece, WrittenPiece } from '../../cli/src/write-pieces.js'

/** What is to be composed. */
export interface Commission extends SamplingOptions {
  readonly count: number
  /** The index of the first piece among those of the seed, from 0. */
  readonly first?: number
  readonly seed: number
  /** After so many new words pieces are brought to their end; by default they end where the model ends them. */
  readonly words?: number
  /** How many new words a piece has at most. */
  readonly maxWords: number
  /** The ids of a piece that every composed one begins with. */
  readonly prime?: Uint16Array
  /** Whether the prime is left out of the files. */
  readonly isPrimeLeftOut?: boolean
  /** What is done to units of the model meanwhile. */
  readonly steering?: Steering
  /** How far the composed pieces are moved, in semitones; `any` lets the seed decide for each, from −5 to 6. */
  readonly transposition: number | 'any'
  /** Whether the model may only write what makes sense. */
  readonly usesGrammar: boolean
  readonly engine: Engine
  readonly signal: AbortSignal
  /** Called with the number of words so far, over all pieces. */
  readonly onProgress: (words: number) => void
}

const endOfPiece = vocabulary.idOf('\n')
const endOfStep = vocabulary.idOf('.')
/** One for each pitch class. */
const keys = 12
const stepsPerQuarter = 4

/**
 * Composes pieces, each brought to its end, as MIDI files. A piece that the model ends is not worth writing before it has
 * eight notes, and none is without any.
 */
export async function compose(model: Model, commission: Commission): Promise<(WrittenPiece | FailedPiece)[]> {
  const { usesGrammar, prime, isPrimeLeftOut, transposition, ...options } = commission
  const beginning = prime?.at(-1) === endOfPiece ? prime.subarray(0, -1) : (prime ?? new Uint16Array())
  const words = beginning.length === 0 ? 0 : beginning.length + leastContinuation
  const notes = decode(beginning).notes.length + leastNotes
  const pieces = await generate(model, {
    ...options,
    endOfPiece,
    prime: beginning,
    ...(usesGrammar && { grammar: pieceGrammar({ words, notes }) })
  })
  const random = createRandom(commission.seed)
  const { first = 0 } = commission
  const moves = Array.from({ length: first + pieces.length }, () => random.below(keys) - 5).slice(first)
  return pieces.map((ids, index) => {
    const semitones = transposition === 'any' ? moves[index]! : transposition
    return finish(beginning, ids, { ...commission, semitones })
  })
}

interface Finishing extends Pick<Commission, 'words' | 'usesGrammar' | 'isPrimeLeftOut'> {
  readonly semitones: number
}

/** A piece and its beginning as a MIDI file. */
function finish(
  beginning: Uint16Array,
  ids: Uint16Array,
  { words, usesGrammar, isPrimeLeftOut = false, semitones }: Finishing
): WrittenPiece | FailedPiece {
  const whole = Uint16Array.from([...beginning, ...ids])
  const newNotes = decode(whole).notes.length - decode(beginning).notes.length
  const isEnded = ids.at(-1) === endOfPiece
  const problem = problemOf(newNotes, { isEnded, isForced: words !== undefined })
  if (problem !== undefined) return { problem }

  const piece = usesGrammar ? closePiece(whole) : whole
  const score = transpose(decode(piece, { strict: usesGrammar }), semitones)
  const start = startOf(score, beginning)
  const shown = isPrimeLeftOut ? excerptFrom(score, start) : score
  const length = isPrimeLeftOut ? piece.length - beginning.length : piece.length
  return {
    ...toMidiPiece(shown, length),
    ...(semitones !== 0 && { transposed: semitones }),
    ...(!isEnded && words === undefined && { isCut: true }),
    ...(beginning.length > 0 && !isPrimeLeftOut && { newFromBar: barAt(score, start) })
  }
}

/** Why a piece is not worth writing. */
function problemOf(notes: number, end: { isEnded: boolean; isForced: boolean }): string | undefined {
  if (notes === 0) return 'no notes came out; allow more --words, or take another --seed'
  if (end.isForced || notes >= leastNotes) return undefined
  const how = end.isEnded ? 'the model ended it' : 'it was cut'
  return `${how} after ${countNoun(notes, 'note')}; say how many --words, or take another --seed`
}

/** The tick at which a score that has a beginning goes on. */
function startOf({ ticksPerQuarter }: Score, beginning: Uint16Array): number {
  const steps = beginning.reduce((count, id) => count + (id === endOfStep ? 1 : 0), 0)
  return (steps * ticksPerQuarter) / stepsPerQuarter
}

function excerptFrom(score: Score, startTick: number): Score {
  return excerpt(score, { startTick, endTick: lengthTicks(score) + 1 })
}

/** The bar of the first note from a tick on, from 1. */
function barAt(score: Score, tick: number): number {
  const first = score.notes.find(({ startTick }) => startTick >= tick)?.startTick ?? tick
  return barTicks(score).findLastIndex(start => start <= first) + 1
}
