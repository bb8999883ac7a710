export { describe } from './describe.js'
export { describeWindows, type WindowOptions } from './describe-windows.js'
export {
  FeaturesError,
  type FeaturesErrorCode,
  InvalidNoteError,
  InvalidOptionError,
  NoNotesError
} from './errors.js'
export { featureDefinitions, featureNames, featuresVersion } from './features.js'
export { heardNotes } from '../../encoding/src/score/heard-notes.js'
export type {
  DescribedNote,
  DescribedScore,
  DescribeOptions,
  Description,
  FeatureDefinition,
  TempoMark,
  TimeSignatureMark,
  WindowDescription
} from './types.js'
