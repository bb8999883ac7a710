import { VgmError } from '@vgm/base'
import type { RunTerms } from './runs/run-terms.js'

/** A model folder or checkpoint that cannot be used: missing, damaged, or made for something else. */
export class ModelFormatError extends VgmError {
  override readonly name = 'ModelFormatError'

  constructor(
    /** The file at fault, relative to the model folder. */
    readonly file: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('MODEL_FORMAT', `${file}: ${problem}`, options)
  }
}

/** A number that should be finite is infinite or NaN, as happens when training diverges. */
export class NotFiniteError extends VgmError {
  override readonly name = 'NotFiniteError'

  constructor(
    /** What is not finite, such as `the loss of step 12`. */
    readonly value: string
  ) {
    super('NOT_FINITE', `${value} is not a finite number: training has diverged; a lower learning rate helps`)
  }
}

/**
 * Throws unless every number is finite.
 *
 * @param name What the error calls the array.
 * @param when What it says behind the name.
 */
export function requireFinite(name: string, values: ArrayLike<number>, when = ''): void {
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) throw new NotFiniteError(`${name}[${k}]${when}`)
  }
}

/** A tfjs backend that cannot be loaded here. The message says what to install. */
export class BackendError extends VgmError {
  override readonly name = 'BackendError'

  constructor(
    readonly backend: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('BACKEND', problem, options)
  }
}

/** The music does not fill a single window of training. */
export class TooFewWordsError extends VgmError {
  override readonly name = 'TooFewWordsError'

  constructor(
    readonly batch: number,
    readonly window: number,
    readonly received: number
  ) {
    super(
      'TOO_FEW_WORDS',
      `training on ${batch} lanes of ${window} words needs ${batch * window} words, got ${received}: ` +
        'use a smaller batch, a shorter window or more music',
      { caller: 'train' }
    )
  }
}

/** A folder holds a model or a training run already, where a new run was to begin. */
export class RunExistsError extends VgmError {
  override readonly name = 'RunExistsError'

  constructor(
    readonly folder: string,
    /** The file that is there. */
    readonly file: string
  ) {
    super('RUN_EXISTS', `${folder}: holds a ${file} already; resume its run, or choose another folder`)
  }
}

/** A training run cannot be resumed: a file of it is missing or damaged. */
export class RunFolderError extends VgmError {
  override readonly name = 'RunFolderError'

  constructor(
    /** The file or folder at fault. */
    readonly file: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('RUN_FOLDER', `${file}: ${problem}`, options)
  }
}

/** A training run is resumed with other music or terms than it began with. */
export class RunTermsError extends VgmError {
  override readonly name = 'RunTermsError'

  constructor(
    readonly folder: string,
    /** The term that differs. */
    readonly term: keyof RunTerms
  ) {
    super('RUN_TERMS', `${folder}: ${term} expected what this run began with`, { caller: 'resumeOnMusic' })
  }
}
