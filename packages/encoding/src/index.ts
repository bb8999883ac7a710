export {
  EncodingError,
  type EncodingErrorCode,
  ForeignFileError,
  GrammarError,
  InvalidOptionError,
  InvalidScoreError,
  LimitError,
  type LimitName,
  MidiDefectError,
  MidiHeaderError,
  NoNotesError,
  UnknownIdError,
  UnknownWordError
} from './errors.js'
export type { MidiDefectCode, MidiWarning } from './midi/defects.js'
export type { ForeignKind } from './midi/foreign-file.js'
export { type ParseOptions, parseMidi } from './midi/parse-midi.js'
export { writeMidi } from './midi/write-midi.js'
export {
  type Augmentation,
  type AugmentOptions,
  augment,
  augmentationSemitones,
  augmentations,
  augmentationTempoFactors,
  stretch,
  transpose
} from './score/augment.js'
export { type BarOptions, barTicks } from './score/bars.js'
export { type ExcerptOptions, excerpt } from './score/excerpt.js'
export type { KeySignature, Note, Score, TempoChange, TimeSignature, Vocabulary } from './score/types.js'
export { closePiece } from './words/close-piece.js'
export { type DecodeOptions, decode } from './words/decode.js'
export { type EncodeOptions, encode, type TempoWarning } from './words/encode.js'
export {
  advance,
  allowedNext,
  type Grammar,
  type GrammarState,
  grammar,
  initialState
} from './words/grammar.js'
export { fromText, fromWords, toText, toWords } from './words/text.js'
export { vocabulary } from './words/vocabulary.js'
