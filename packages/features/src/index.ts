export { InvalidOptionError } from '@vgm/base'
export { describe } from './describe.js'
export { describeWindows, type WindowOptions } from './describe-windows.js'
export {
  InvalidNoteError,
  NoNotesError
} from './errors.js'
export { featureDefinitions, featureNames, featuresVersion } from './features.js'
export { copied, type RunIndex, runsOf } from './form/copied.js'
export { type BarReturn, type Form, form } from './form/form.js'
export {
  compareForm,
  type FormMeasure,
  type FormRow,
  type FormTableRow,
  formMeasures,
  formTable,
  summarizeForms
} from './form/measures.js'
export { type RealRange, realForm } from './form/real-form.js'
export type {
  DescribedNote,
  DescribedScore,
  DescribeOptions,
  Description,
  FeatureDefinition,
  WindowDescription
} from './types.js'
