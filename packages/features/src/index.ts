export { InvalidOptionError } from '@vgm/base'
export { describe } from './describe.js'
export { describeWindows, type WindowOptions } from './describe-windows.js'
export {
  InvalidNoteError,
  NoNotesError
} from './errors.js'
export { featureDefinitions, featureNames, featuresVersion } from './features.js'
export type {
  DescribedNote,
  DescribedScore,
  DescribeOptions,
  Description,
  FeatureDefinition,
  WindowDescription
} from './types.js'
