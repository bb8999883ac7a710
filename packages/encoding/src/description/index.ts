export { chordIndex, chordNames, transposeChord } from './chords.js'
export type { PlanKeyName } from './composing/harmony.js'
export { type PlanGrammarOptions, type PlannedState, planGrammar } from './composing/plan-grammar.js'
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
export { type BarPlan, type Plan, planSteps, type Return } from './plan.js'
export { plotPlan } from './plot-plan.js'
export { likenessOf } from './returning.js'
export { type PlanField, planFields } from './text/fields.js'
export { formatPlan } from './text/format-plan.js'
export { PlanTextError, parsePlan } from './text/parse-plan.js'
export { planFromJson } from './text/plan-json.js'
export { type PlanTokenState, planTokenGrammar } from './tokens/plan-token-grammar.js'
export { planOfTokens, planTokens } from './tokens/plan-tokens.js'
export { type PlanTokenKind, planTokenKinds, planVocabulary } from './tokens/plan-vocabulary.js'
export { type PlanState, type TellOptions, type Told, type ToldPlan, tellPlan, toldBeside } from './told.js'
export { transposePlan } from './transpose-plan.js'
