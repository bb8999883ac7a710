import { createStreams, type Random, requireInteger, requireOneOf } from '@vgm/base'
import { requireBothClasses, requireCs, requireExamples, type Settings, settingsOf } from '../checks.js'
import { marginsOf } from '../predict.js'
import { fitPath } from '../solver/fit.js'
import { sigmoid } from '../solver/objective.js'
import { prepareProblem } from '../solver/problem.js'
import type { FitOptions, Matrix } from '../types.js'
import { dealFolds, type FoldOptions, type FoldPlan, requireGroups } from './folds.js'
import { scoreClasses } from './scores.js'

/** The score by which C is chosen: the lower log-loss or the higher accuracy. */
export type Criterion = (typeof criteria)[number]
export const criteria = ['log-loss', 'accuracy'] as const

/** The values of C that are tried where none are given: two a decade. */
export const defaultCs: readonly number[] = [0.01, 0.03, 0.1, 0.3, 1, 3]

/** A value of C on the folds it was tried on. */
export interface Candidate {
  readonly C: number
  /** Over all examples, each judged by the probe that did not see it. */
  readonly accuracy: number
  readonly logLoss: number
}

/** The result of {@link chooseC}. */
export interface Choice {
  readonly C: number
  /** In the order of `Cs`. */
  readonly candidates: readonly Candidate[]
}

/** Everything {@link chooseAmong} needs to know besides the examples. */
export interface ChoicePlan extends FoldPlan {
  readonly Cs: readonly number[]
  readonly chooseBy: Criterion
  readonly settings: Settings
}

/**
 * Chooses C by cross-validation: of the values with the best score the smallest, which uses the fewest columns. For the
 * probe to keep; what that probe is worth, {@link crossValidate} says, which chooses anew in every fold.
 *
 * @param features `[N, H]`, finite.
 * @param labels `[N]`: 1 for positive, −1 or 0 (not both) for negative examples.
 * @param options.Cs Values to try (default: {@link defaultCs}).
 * @param options.folds Default: 5.
 * @param options.chooseBy Default: `log-loss`.
 * @throws {ShapeError | InvalidFeatureError | InvalidLabelError | OneClassError | InvalidOptionError | FoldsError}
 */
export function chooseC(
  features: Matrix,
  labels: ArrayLike<number>,
  options: Omit<FitOptions, 'C'> &
    FoldOptions & { readonly Cs?: readonly number[]; readonly chooseBy?: Criterion } = {}
): Choice {
  const classes = requireExamples('chooseC', features, labels)
  const { folds = 5, groups, stratified = true, seed = 0, Cs = defaultCs, chooseBy = 'log-loss' } = options
  requireInteger('chooseC', 'folds', folds, 2)
  requireInteger('chooseC', 'seed', seed, 0, 0xffffffff)
  if (groups !== undefined) requireGroups('chooseC', groups, features.rows)
  requireCs('chooseC', Cs)
  requireOneOf('chooseC', 'chooseBy', chooseBy, criteria)
  const plan = { folds, groups, stratified, Cs, chooseBy, settings: settingsOf('chooseC', options) }
  const rows = Array.from(classes.keys())
  return chooseAmong('chooseC', features, classes, rows, plan, createStreams(seed, 1)[0]!)
}

/** {@link chooseC} after validation, looking at the given rows only. */
export function chooseAmong(
  caller: string,
  features: Matrix,
  classes: Uint8Array,
  rows: readonly number[],
  plan: ChoicePlan,
  random: Random
): Choice {
  const { Cs, folds, settings } = plan
  const foldOf = dealFolds(caller, classes, rows, plan, random)
  const judged = Cs.map(() => new Float64Array(rows.length))
  for (let fold = 0; fold < folds; fold++) {
    const train = rows.filter((_, at) => foldOf[at] !== fold)
    const tested = [...rows.keys()].filter(at => foldOf[at] === fold)
    requireBothClasses(caller, 'training examples of an inner fold', classesOf(classes, train))
    fitPath(prepareProblem(features, classes, train, settings), settings, Cs).forEach((probe, c) => {
      const margins = marginsOf(
        probe,
        features,
        tested.map(at => rows[at]!)
      )
      tested.forEach((at, i) => {
        judged[c]![at] = sigmoid(margins[i]!)
      })
    })
  }
  const own = classesOf(classes, rows)
  const candidates = Cs.map((C, c) => {
    const { accuracy, logLoss } = scoreClasses(own, judged[c]!)
    return { C, accuracy, logLoss }
  })
  const cost = ({ accuracy, logLoss }: Candidate) => (plan.chooseBy === 'accuracy' ? -accuracy : logLoss)
  const [best] = [...candidates].sort((a, b) => cost(a) - cost(b) || a.C - b.C) as [Candidate]
  return { C: best.C, candidates }
}

/** The classes of some rows, in their order. */
export function classesOf(classes: Uint8Array, rows: readonly number[]): Uint8Array {
  return Uint8Array.from(rows, row => classes[row]!)
}
