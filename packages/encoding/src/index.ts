export { InvalidOptionError } from '@vgm/base'
export { describeWarnings } from './describe-warnings.js'
export {
  EncodingError,
  ForeignFileError,
  GrammarError,
  InvalidScoreError,
  LimitError,
  type LimitName,
  MidiDefectError,
  MidiHeaderError,
  NoNotesError,
  TextLineError,
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
export { type BarOptions, barTicks, endOfBar } from './score/bars.js'
export { type ExcerptOptions, excerpt, trimStart } from './score/excerpt.js'
export {
  countHeard,
  type HearableNote,
  heardNotes,
  percussionChannel,
  pitchedNotes
} from './score/heard-notes.js'
export { type Bar, type BarMap, createMetre, type Metre } from './score/metre.js'
export { fewestNotes, type PhraseOfScore, type PhraseOptions, phrasesOf } from './score/phrases.js'
export {
  type Clock,
  createClock,
  lengthSeconds,
  lengthTicks,
  meanTempoBpm,
  secondsAt,
  type TempoMap
} from './score/time.js'
export type { KeySignature, Note, Score, TempoChange, TimeSignature } from './score/types.js'
export type {
  Constraint,
  DecodeOptions,
  EncodeOptions,
  PartDecoder,
  PieceCloser,
  TempoWarning,
  Tokenizer,
  Vocabulary
} from './tokenizer.js'
export { closePiece } from './words/close-piece.js'
export { decode } from './words/decode.js'
export { encode } from './words/encode.js'
export { type GrammarState, grammar } from './words/grammar.js'
export { piecesFromText, type TextPiece } from './words/pieces-from-text.js'
export { fromText, fromWords, toText, toWords } from './words/text.js'
export { vocabulary } from './words/vocabulary.js'
export { tokenizers, words } from './words/words.js'
