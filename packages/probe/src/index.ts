export { fit, path } from './fit.js'
export { predict, probabilities } from './predict.js'
export type { FitOptions, Matrix, Penalty, Probe } from './types.js'
