export { type ClassifierReading, classify } from './classify.js'
export {
  type LearnSteeringOptions,
  type LearnSteeringState,
  type LearnSteeringStep,
  learnSteering
} from './learn-steering.js'
export { mlstm } from './mlstm.js'
export { mlstmClassifier } from './mlstm-classifier.js'
export { requireSteering, type Steering, steeringInputs } from './steering.js'
export { type SteeringFile, steeringFromJson, steeringToJson } from './steering-file.js'
export { type Classifier, type ClassifierOptions, trainClassifier } from './train-classifier.js'
export type { MlstmConfig, MlstmModel, ParameterName } from './types.js'
