import { quoted, VgmError } from '@vgm/base'

/** A feature that is not a finite number. */
export class InvalidFeatureError extends VgmError {
  override readonly name = 'InvalidFeatureError'

  constructor(
    caller: string,
    /** From 0. */
    readonly row: number,
    /** From 0. */
    readonly column: number,
    readonly value: number
  ) {
    super('INVALID_FEATURE', `features[${row}, ${column}] expected a finite number, got ${value}`, { caller })
  }
}

/** A label that is neither of the two classes. */
export class InvalidLabelError extends VgmError {
  override readonly name = 'InvalidLabelError'

  constructor(
    caller: string,
    /** The label's index, from 0. */
    readonly index: number,
    readonly expected: string,
    readonly value: unknown
  ) {
    super('INVALID_LABEL', `labels[${index}] expected ${expected}, got ${String(value)}`, { caller })
  }
}

/** Examples of one class only, from which nothing can be learnt. */
export class OneClassError extends VgmError {
  override readonly name = 'OneClassError'

  constructor(
    caller: string,
    /** The argument with the examples, such as `labels`. */
    readonly what: string,
    readonly positives: number,
    readonly negatives: number
  ) {
    super('ONE_CLASS', `${what} expected both classes, got ${positives} positive and ${negatives} negative`, {
      caller
    })
  }
}

/** Fewer examples, or groups of them, than folds. */
export class FoldsError extends VgmError {
  override readonly name = 'FoldsError'

  constructor(
    caller: string,
    readonly what: 'examples' | 'groups',
    readonly folds: number,
    /** Examples or groups that there are. */
    readonly available: number
  ) {
    super('FOLDS', `expected at least ${folds} ${what} for ${folds} folds, got ${available}`, { caller })
  }
}

/** A probe that was made for another model, or for features with other columns. */
export class ProbeMismatchError extends VgmError {
  override readonly name = 'ProbeMismatchError'

  constructor(
    readonly field: 'model' | 'features.columns',
    readonly expected: string | number,
    readonly received: string | number
  ) {
    super('PROBE_MISMATCH', `${field} expected ${quoted(expected)}, got ${quoted(received)}`, {
      caller: 'probeFromJson'
    })
  }
}
