export { type DescribedPiece, describePiece } from './describe-piece.js'
export { DisposedError, NoPlanError, ShortPieceError } from './errors.js'
export { type Composer, type ComposerOptions, openComposer } from './open-composer.js'
export type { ComposeAllOptions, ComposeOptions, StreamOptions } from './options.js'
export type { Piece } from './piece.js'
export type { ComposedToPlan } from './planned/compose-planned.js'
export { type Followed, followed } from './planned/followed.js'
export {
  isPlanned,
  openPlannedComposer,
  type PlannedComposer,
  type PlannedComposerOptions,
  type PlannedOptions
} from './planned/open-planned-composer.js'
export { type BankedPlan, bankedPlan, drawPlan, type PlanBank, type PlanChoice } from './planned/plan-bank.js'
export { planBankFromJson, planBankToJson } from './planned/plan-bank-file.js'
export { plannedEncoding, plannedMusic, plannedPieces } from './planned/planned-music.js'
export { type RenderedMidi, renderMidi } from './render-midi.js'
export {
  type Assess,
  type CompareOptions,
  type CostSearchOptions,
  type CostSearchStep,
  compareSteering,
  type Measures,
  type SteeringComparison,
  searchByCost
} from './steering/assessed-search.js'
export { readSteering } from './steering/read-steering.js'
export { type SampleOptions, samplePieces } from './steering/sample-pieces.js'
export { differingSetting, type SavedSearch, searchFromJson, searchToJson } from './steering/saved-search.js'
export type { SearchMethod, SearchOptions, SearchStep } from './steering/search-options.js'
export { type PlottedStep, plotSearch } from './steering/search-plot.js'
export { searchSteering } from './steering/search-steering.js'
export { strengthen } from './steering/strengthen.js'
