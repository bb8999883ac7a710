import { VgmError } from '@vgm/base'
import type { FeatureKind } from './features/feature-kind.js'

/** A probe reads the states of a model, and no model was given. */
export class MissingStatesError extends VgmError {
  override readonly name = 'MissingStatesError'

  constructor(
    caller: string,
    /** What the probe reads. */
    readonly kind: FeatureKind
  ) {
    super(
      'MISSING_STATES',
      `states expected a model whose states can be read, for features of kind ${kind}`,
      {
        caller
      }
    )
  }
}

/** What of a probe does not fit: the kind of its features, its model, its columns, or the descriptors that it reads. */
export type ProbeMismatch = 'kind' | 'model' | 'columns' | 'version' | 'descriptors'

/** A probe that cannot judge with what is there: it was made for another model, or for other descriptors. */
export class ProbeMismatchError extends VgmError {
  override readonly name = 'ProbeMismatchError'

  constructor(
    caller: string,
    problem: string,
    /** What does not fit. */
    readonly mismatch: ProbeMismatch,
    readonly expected: string | number,
    readonly received: string | number | undefined
  ) {
    super('PROBE_MISMATCH', problem, { caller })
  }
}

/** Labelled phrases that are all positive, or all negative, or none at all. */
export class OneKindError extends VgmError {
  override readonly name = 'OneKindError'

  constructor(
    caller: string,
    readonly positive: number,
    readonly negative: number,
    /** Which of the phrases, such as `first half of the pieces`; all of them where it is absent. */
    readonly part?: string
  ) {
    const only = positive > 0 ? 'positive' : 'negative'
    const held =
      positive + negative === 0 ? 'holds no phrases' : `holds ${only} phrases only, expected both kinds`
    super('ONE_KIND', part === undefined ? held : `${part}: ${held}`, { caller })
  }
}

/** Fewer phrases than a teacher needs to label some of each kind. */
export class TooFewPhrasesError extends VgmError {
  override readonly name = 'TooFewPhrasesError'

  constructor(
    caller: string,
    readonly phrases: number,
    readonly needed: number
  ) {
    super('TOO_FEW_PHRASES', `${phrases} phrases are too few to learn from: ${needed} at least`, { caller })
  }
}

/** A teacher that does not tell the phrases apart. */
export class UndecidedTeacherError extends VgmError {
  override readonly name = 'UndecidedTeacherError'

  constructor(
    caller: string,
    readonly phrases: number
  ) {
    super('UNDECIDED_TEACHER', `finds all ${phrases} phrases alike, and so teaches nothing`, { caller })
  }
}

/** Music without a note where music is measured. */
export class SilentMusicError extends VgmError {
  override readonly name = 'SilentMusicError'

  constructor(caller: string) {
    super('SILENT_MUSIC', 'the music to be measured has no notes', { caller })
  }
}
