export { InvalidOptionError } from '@vgm/base'
export {
  InvalidNoteError,
  NoNotesError,
  TooManyWindowsError,
  UniformHistogramError
} from './errors.js'
export { estimateKey, type KeyOptions } from './estimate-key.js'
export { estimateKeyWindows, type KeyWindow } from './estimate-key-windows.js'
export { pitchClassHistogram } from './histogram.js'
export { keys } from './keys.js'
export { type LabelledNote, labelNotes, type NoteLabels } from './label-notes.js'
export { labelRow, noteRows } from './label-rows.js'
export { type KeyProfile, keyProfiles, type ProfileName, profileNames } from './profiles.js'
export type {
  Key,
  KeyCandidate,
  KeyEstimate,
  Mode,
  NoteHolder,
  NoteSource,
  PitchedNote,
  TimedNote,
  ToneNote
} from './types.js'
export {
  countVelocityClasses,
  type VelocityClass,
  velocityClass,
  velocityClasses,
  velocityClassIndex,
  velocityLabels
} from './velocity.js'
export type { TimeSignatureChange, WindowOptions } from './windows.js'
