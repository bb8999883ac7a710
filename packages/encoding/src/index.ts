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
export { type EncodeOptions, encode, type TempoWarning } from './encode.js'
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
export { type ExcerptOptions, excerpt } from './excerpt.js'
export {
  advance,
  allowedNext,
  type Grammar,
  type GrammarState,
  grammar,
  initialState
} from './grammar.js'
export type { MidiDefectCode, MidiWarning } from './midi/defects.js'
export type { ForeignKind } from './midi/foreign-file.js'
export { type ParseOptions, parseMidi } from './midi/parse-midi.js'
export { writeMidi } from './midi/write-midi.js'
export { fromText, fromWords, toText, toWords } from './text.js'
export type { KeySignature, Note, Score, TempoChange, TimeSignature, Vocabulary } from './types.js'
export { vocabulary } from './vocabulary.js'
