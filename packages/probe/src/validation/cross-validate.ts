import { createStreams, type Random, requireInteger, requireOneOf, type Watch } from '@vgm/base'
import { requireBothClasses, requireCs, requireExamples, settingsOf } from '../checks.js'
import { marginsOf } from '../predict.js'
import { fitProblem } from '../solver/fit.js'
import { sigmoid } from '../solver/objective.js'
import { prepareProblem } from '../solver/problem.js'
import type { FitOptions, Matrix } from '../types.js'
import { type ChoicePlan, type Criterion, chooseAmong, classesOf, criteria, defaultCs } from './choose-c.js'
import { dealFolds, type FoldOptions, type FoldPlan, requireGroups } from './folds.js'
import { baselineOf, type PermutationBaseline, permuteClasses } from './permutation.js'
import { type ConfusionMatrix, confusionOf, type Scores, scoreClasses } from './scores.js'
import { type Summaries, summarize } from './summary.js'

/** Options of {@link crossValidate}. `onProgress` is called after every fold. */
export interface CrossValidationOptions extends Omit<FitOptions, 'C'>, FoldOptions, Watch {
  /**
   * Lets a group fall into several folds (default: false). The groups then still stay together when the labels are
   * permuted, and the baseline shows what a probe gains by recognising groups.
   */
  readonly splitGroups?: boolean
  /** Independent deals of the folds (default: 1). */
  readonly repeats?: number
  /** Values of C to choose from, in every fold anew; a single one is taken as it is (default: {@link defaultCs}). */
  readonly Cs?: readonly number[]
  /** Folds of a training set on which its C is chosen (default: 5). */
  readonly innerFolds?: number
  /** The score by which C is chosen (default: `log-loss`). */
  readonly chooseBy?: Criterion
  /** Runs with permuted labels, each as long as one repeat (default: 10). */
  readonly permutations?: number
}

/** One test fold. */
export interface FoldResult {
  readonly repeat: number
  readonly fold: number
  /** Chosen without a look at this fold. */
  readonly C: number
  readonly trained: number
  readonly tested: number
  /** Weights that are not 0. */
  readonly neurons: number
  /** Whether the fit reached its tolerance. */
  readonly converged: boolean
  readonly scores: Scores
}

/** How {@link crossValidate} dealt the folds. */
export interface Protocol {
  readonly examples: number
  readonly folds: number
  readonly repeats: number
  readonly stratified: boolean
  /** Groups that no fold shares with another; absent where folds are dealt example by example. */
  readonly groups?: number
  readonly seed: number
}

/** The result of {@link crossValidate}. */
export interface CrossValidation {
  readonly protocol: Protocol
  /** Accuracy of always giving the more frequent class. */
  readonly majorityRate: number
  /**
   * Over the folds of all repeats. The intervals are Nadeau & Bengio's: `mean ± t · s · √(1/n + 1/(folds − 1))`, with
   * `n` values of standard deviation `s` and Student's `t` of `n − 1` degrees of freedom.
   */
  readonly scores: Summaries
  /** The same with permuted labels; absent without permutations. */
  readonly permuted?: PermutationBaseline
  /** Over all repeats, so that every example counts once per repeat. */
  readonly confusion: ConfusionMatrix
  readonly folds: readonly FoldResult[]
  /** Per repeat the probability of each example, `[N]`, by the probe that did not see it. */
  readonly outOfFold: readonly Float64Array[]
  /** Per repeat the fold of each example, `[N]`. */
  readonly foldOf: readonly Int32Array[]
}

interface Run {
  readonly results: FoldResult[]
  readonly outOfFold: Float64Array
  readonly foldOf: Int32Array
}

/**
 * Says what a probe is worth on examples it has not seen. All that is learnt is learnt anew in every fold from its
 * training examples alone: means and deviations, C (by an inner cross-validation with the same grouping), weights.
 *
 * @param features `[N, H]`, finite.
 * @param labels `[N]`: 1 for positive, −1 or 0 (not both) for negative examples.
 * @throws {ShapeError | InvalidFeatureError | InvalidLabelError | InvalidOptionError}
 * @throws {FoldsError} if there are fewer examples, or groups, than folds.
 * @throws {OneClassError} if the labels, or those a fold leaves for training, are all the same.
 * @source Nadeau & Bengio 2003 (intervals); Ojala & Garriga 2010 (permutations)
 */
export function crossValidate(
  features: Matrix,
  labels: ArrayLike<number>,
  options: CrossValidationOptions = {}
): CrossValidation {
  const caller = 'crossValidate'
  const classes = requireExamples(caller, features, labels)
  const { folds = 10, innerFolds = 5, repeats = 1, permutations = 10, seed = 0, stratified = true } = options
  const { groups, splitGroups = false, Cs = defaultCs, chooseBy = 'log-loss', onProgress } = options
  requireInteger(caller, 'folds', folds, 2)
  requireInteger(caller, 'innerFolds', innerFolds, 2)
  requireInteger(caller, 'repeats', repeats, 1)
  requireInteger(caller, 'permutations', permutations, 0)
  requireInteger(caller, 'seed', seed, 0, 0xffffffff)
  if (groups !== undefined) requireGroups(caller, groups, features.rows)
  requireCs(caller, Cs)
  requireOneOf(caller, 'chooseBy', chooseBy, criteria)
  const together = splitGroups ? undefined : groups
  const outer = { folds, groups: together, stratified }
  const inner = { ...outer, folds: innerFolds, Cs, chooseBy, settings: settingsOf(caller, options) }

  let done = 0
  const total = (repeats + permutations) * folds
  const tick = () => onProgress?.({ phase: 'validating', done: ++done, total, unit: 'fits' })
  const streams = createStreams(seed, repeats + permutations)
  const runs = streams
    .slice(0, repeats)
    .map((random, repeat) => runFolds(features, classes, outer, inner, random, repeat, tick))
  const permuted = streams.slice(repeats).map((random, repeat) => {
    const mixed = permuteClasses(classes, groups, random)
    return runFolds(features, mixed, outer, inner, random, repeat, tick).results.map(each => each.scores)
  })

  const results = runs.flatMap(run => run.results)
  const scoresOfFolds = results.map(result => result.scores)
  const scores = summarize(scoresOfFolds, folds)
  const positives = classes.reduce((sum, each) => sum + each, 0)
  return {
    protocol: {
      examples: features.rows,
      folds,
      repeats,
      stratified,
      ...(together === undefined ? {} : { groups: new Set(Array.from(together)).size }),
      seed
    },
    majorityRate: Math.max(positives, features.rows - positives) / features.rows,
    scores,
    ...(permutations === 0 ? {} : { permuted: baselineOf(scores, permuted) }),
    confusion: runs
      .map(run => confusionOf(classes, run.outOfFold))
      .reduce((sum, each) => ({
        truePositives: sum.truePositives + each.truePositives,
        falsePositives: sum.falsePositives + each.falsePositives,
        trueNegatives: sum.trueNegatives + each.trueNegatives,
        falseNegatives: sum.falseNegatives + each.falseNegatives
      })),
    folds: results,
    outOfFold: runs.map(run => run.outOfFold),
    foldOf: runs.map(run => run.foldOf)
  }
}

/** One deal of the folds; each is tested once. */
function runFolds(
  features: Matrix,
  classes: Uint8Array,
  outer: FoldPlan,
  inner: ChoicePlan,
  random: Random,
  repeat: number,
  tick: () => void
): Run {
  const caller = 'crossValidate'
  const rows = [...classes.keys()]
  const foldOf = dealFolds(caller, classes, rows, outer, random)
  const outOfFold = new Float64Array(rows.length)
  const results = Array.from({ length: outer.folds }, (_, fold) => {
    const train = rows.filter(row => foldOf[row] !== fold)
    const test = rows.filter(row => foldOf[row] === fold)
    requireBothClasses(caller, `training examples of fold ${fold}`, classesOf(classes, train))
    const C =
      inner.Cs.length === 1 ? inner.Cs[0]! : chooseAmong(caller, features, classes, train, inner, random).C
    const { settings } = inner
    const probe = fitProblem(prepareProblem(features, classes, train, settings), { ...settings, C })
    const judged = marginsOf(probe, features, test).map(sigmoid)
    test.forEach((row, i) => {
      outOfFold[row] = judged[i]!
    })
    tick()
    return {
      repeat,
      fold,
      C,
      trained: train.length,
      tested: test.length,
      neurons: probe.weights.filter(weight => weight !== 0).length,
      converged: probe.converged,
      scores: scoreClasses(classesOf(classes, test), judged)
    }
  })
  return { results, outOfFold, foldOf }
}
