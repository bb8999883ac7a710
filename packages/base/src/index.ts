export { Breaks } from './breaks.js'
export type { Cancel, Progress, Watch } from './cancel.js'
export {
  type ErrorCode,
  InvalidOptionError,
  quoted,
  ShapeError,
  VgmError,
  type VgmErrorOptions
} from './errors.js'
export { firstIndex } from './first-index.js'
export { requireInteger, requireNumber, requireOneOf, requirePositive } from './options.js'
export { checkJson, JsonError, parseJson } from './parse-json.js'
export {
  createRandom,
  createStreams,
  permutation,
  type Random,
  restoreRandom,
  type SeededRandom,
  shuffle
} from './random.js'
