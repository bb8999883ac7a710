/** The measures of `Form` that are compared, in the order of tables. A yes or no counts as 1 or 0. */
export const formMeasures = [
  'likeness',
  'alone',
  'rhythm',
  'returnDistance',
  'sevenClasses',
  'threeClasses',
  'change',
  'loop',
  'endsHeld',
  'endsOnTonic'
] as const
/** A measure of `Form` that is compared. */
export type FormMeasure = (typeof formMeasures)[number]
