export { EngineError, PrecisionError } from './engines/errors.js'
export {
  type EngineChoice,
  type Hardware,
  listHardware,
  type OpenEngineOptions,
  onnxInstall,
  openEngine
} from './engines/open-engine.js'
export { type EngineName, type EngineReport, probeEngines } from './engines/probe-engines.js'
export { exportStep, type StepFile, type StepSteering } from './export-step.js'
export {
  type BeforeAfter,
  type FindSteeringOptions,
  type FoundSteering,
  findSteering,
  type SteeringAim
} from './steering/find-steering.js'
export {
  type NotedStep,
  openSearchFile,
  type SearchFile,
  SearchFileError,
  type SearchFileOptions,
  type SearchFileProblem
} from './steering/search-file.js'
export { steeringNames, steeringPath } from './steering/steering-folder.js'
