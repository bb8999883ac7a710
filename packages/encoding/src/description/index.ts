export { chordIndex, chordNames, transposeChord } from './chords.js'
export {
  type ControlName,
  controlIndex,
  densityClass,
  type PlanControl,
  pitchClass,
  planControls
} from './controls.js'
export { cutPlan } from './cut-plan.js'
export { describe } from './describe.js'
export type { PlanKeyName } from './harmony.js'
export { type BarPlan, type Plan, planSteps, type Return } from './plan.js'
export { type PlanGrammarOptions, type PlannedState, planGrammar } from './plan-grammar.js'
export { likenessOf } from './returning.js'
export { type PlanState, type TellOptions, type Told, type ToldPlan, tellPlan, toldBeside } from './told.js'
export { transposePlan } from './transpose-plan.js'
