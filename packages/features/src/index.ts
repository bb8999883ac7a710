export { InvalidOptionError } from '@vgm/base'
export { describe } from './describe.js'
export { describeWindows, type WindowOptions } from './describe-windows.js'
export {
  InvalidNoteError,
  NoNotesError
} from './errors.js'
export { featureDefinitions, featureNames, featuresVersion } from './features.js'
export {
  compareForm,
  type FormRow,
  type FormTableRow,
  formTable,
  summarizeForms
} from './form/compare-form.js'
export { copied, type RunIndex, runsOf } from './form/copied.js'
export { type BarReturn, type Form, form } from './form/form.js'
export { type FormMeasure, formMeasures } from './form/measures.js'
export { type RealRange, realForm } from './form/real-form.js'
export type {
  DescribedNote,
  DescribedScore,
  DescribeOptions,
  Description,
  FeatureDefinition,
  WindowDescription
} from './types.js'
