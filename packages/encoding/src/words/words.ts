import type { Tokenizer } from '../tokenizer.js'
import { closePiece, WordCloser } from './close-piece.js'
import { decode } from './decode.js'
import { encode } from './encode.js'
import { type GrammarState, grammar } from './grammar.js'
import { firstId, vocabulary } from './vocabulary.js'
import { ticksPerQuarter, ticksPerStep, WordDecoder } from './word-decoder.js'

/** The {@link Tokenizer} of the 225 words of {@link vocabulary}. */
export const words: Tokenizer<GrammarState> = Object.freeze({
  vocabulary,
  endOfPiece: firstId.end,
  ticksPerQuarter,
  grammar,
  encode,
  decode,
  decodeParts: () => new WordDecoder(),
  close: closePiece,
  closer: () => new WordCloser(),
  ticksOf: (id: number) => (id === firstId.step ? ticksPerStep : 0),
  isNote: (id: number) => id >= firstId.note && id < firstId.duration
})

/** All tokenizers of this package: what threads and files name by a vocabulary is found here. */
export const tokenizers: readonly Tokenizer[] = Object.freeze([words])
