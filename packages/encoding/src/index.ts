export {
  type Augmentation,
  type AugmentOptions,
  augment,
  augmentationSemitones,
  augmentations,
  augmentationTempoFactors,
  stretch,
  transpose
} from './augment.js'
export { type BarOptions, barTicks } from './bar-ticks.js'
export { closePiece } from './close-piece.js'
export { type DecodeOptions, decode } from './decode.js'
export { type EncodeOptions, encode } from './encode.js'
export {
  EncodingError,
  type EncodingErrorCode,
  GrammarError,
  InvalidOptionError,
  InvalidScoreError,
  LimitError,
  type LimitName,
  MidiEventError,
  MidiHeaderError,
  NoNotesError,
  TruncatedMidiError,
  UnknownIdError,
  UnknownWordError
} from './errors.js'
export { type ExcerptOptions, excerpt } from './excerpt.js'
export {
  advance,
  allowedNext,
  type Grammar,
  type GrammarState,
  grammar,
  initialState
} from './grammar.js'
export { type ParseOptions, parseMidi } from './parse-midi.js'
export { fromText, fromWords, toText, toWords } from './text.js'
export type { KeySignature, Note, Score, TempoChange, TimeSignature, Vocabulary } from './types.js'
export { vocabulary } from './vocabulary.js'
export { writeMidi } from './write-midi.js'
