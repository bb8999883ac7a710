import { type Cancel, createRandom, InvalidOptionError, requireInteger, type Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { type Plan, planControls, transposePlan } from '@vgm/encoding/description'
import { type Engine, eager, type Model, openModel, type SamplingOptions } from '@vgm/nn'
import { DisposedError } from '../errors.js'
import { tokenizerOf } from '../tokenizer-of.js'
import { withBreaks } from '../with-breaks.js'
import { type ComposedToPlan, composePlanned, type PlannedPiece } from './compose-planned.js'
import { drawPlan, type PlanBank } from './plan-bank.js'
import { planKey } from './plan-key.js'
import { plannedPrime } from './planned-prime.js'

/** How a piece is composed. */
export interface PlannedOptions extends SamplingOptions, Watch, Cancel {
  /** The same seed gives the same piece; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The index of the piece, or of the first piece, in the seed's series. Default 0. */
  readonly first?: number
  /** The number of bars, 4 to 64, those of a prime not counted. Default 32. */
  readonly bars?: number
  /** What the piece does bar by bar, in its own key; by default a plan of the bank. */
  readonly plan?: Plan
  /** Music to go on from, which the piece begins with, and whose key it keeps. */
  readonly prime?: Score
  /** The candidates that are composed, of which the one that follows its plan best is kept. Default 2. */
  readonly bestOf?: number
  /** How strongly the plan is insisted on; 0 takes the model at its word. Default 1. */
  readonly guidance?: number
  /** Quarter notes per minute, 24 to 160, to the nearest multiple of 4; by default the model's. */
  readonly tempo?: number
  /** By how many semitones the piece is moved, −24 to 24; by default the seed decides, from −5 to 6. */
  readonly transpose?: number
}

/** Composes to plans with one model on one engine. Opened once, used often. */
export interface PlannedComposer extends AsyncDisposable {
  /**
   * Composes a piece to a plan.
   *
   * @throws {InvalidOptionError} if an option is out of range.
   * @throws {NoPlanError} if the bank has no plan of so many bars.
   * @throws the signal's reason, if it is aborted.
   */
  compose(options: PlannedOptions): Promise<ComposedToPlan>
  /** Composes pieces side by side, each the one that it is alone. @throws as `compose`. */
  composeAll(options: PlannedOptions & { readonly count?: number }): Promise<ComposedToPlan[]>
}

/** What a planned composer works with. */
export interface PlannedComposerOptions {
  /** A model that was trained on plans. */
  readonly model: Model
  /** Plans for pieces that bring none. */
  readonly plans: PlanBank
  /** What computes; by default the tfjs backend that is set. */
  readonly engine?: Engine
}

const defaultBars = 32
const furthest = 24

/** Whether a model was trained on plans. */
export function isPlanned({ config }: Model): boolean {
  const { controls } = config as { readonly controls?: unknown }
  return JSON.stringify(controls) === JSON.stringify(planControls.map(({ classes }) => classes))
}

/**
 * Opens a composer that follows plans.
 *
 * @throws {VgmError} `VOCABULARY`, if the vocabulary of the model is another.
 * @throws {InvalidOptionError} if the model was not trained on plans.
 */
export async function openPlannedComposer({
  model,
  plans,
  engine
}: PlannedComposerOptions): Promise<PlannedComposer> {
  const tokenizer = tokenizerOf(model, 'openPlannedComposer')
  if (!isPlanned(model)) {
    const { format } = model.architecture
    throw new InvalidOptionError('openPlannedComposer', 'model', 'one that was trained on plans', format)
  }
  const opened = await openModel(model, { engine: withBreaks(engine ?? (await eager())) })
  let isDisposed = false
  const composeAll: PlannedComposer['composeAll'] = async options => {
    if (isDisposed) throw new DisposedError('compose')
    const { count = 1, first = 0, bars = defaultBars, plan: asked, prime: music, ...rest } = options
    const { seed, tempo, transpose, ...drawing } = rest
    requireInteger('compose', 'count', count, 1)
    requireInteger('compose', 'first', first, 0)
    if (transpose !== undefined) requireInteger('compose', 'transpose', transpose, -furthest, furthest)
    const given = asked && homePlan(asked)
    const prime = music && plannedPrime(music, tokenizer)
    const random = createRandom(seed).fork('plans')
    const home = prime?.toHome ?? given?.toHome
    return composePlanned(opened, tokenizer, {
      ...drawing,
      seed,
      first,
      plans: Array.from({ length: count }, (_, k) => {
        const plan = given ?? drawPlan(plans, { bars, random: random.fork(first + k) })
        return { mode: plan.mode, bars: [...(prime?.bars ?? []), ...plan.bars] }
      }),
      ...(prime && { prime: prime.ids }),
      ...(tempo !== undefined && { tempo: tempoWord(tempo, tokenizer.vocabulary) }),
      transpose: transpose ?? (home === undefined ? undefined : -home)
    })
  }
  return {
    composeAll,
    async compose(options) {
      const [piece] = await composeAll({ ...options, count: 1 })
      return piece!
    },
    async [Symbol.asyncDispose]() {
      isDisposed = true
      opened.dispose()
    }
  }
}

/** A plan in its home key. */
function homePlan(plan: Plan): PlannedPiece & { readonly toHome: number } {
  if (plan.bars.length === 0) throw new InvalidOptionError('compose', 'plan', 'at least one bar', 0)
  const { toHome, mode } = planKey(plan)
  return { ...transposePlan(plan, toHome), mode, toHome }
}

const slowest = 24
const fastest = 160

function tempoWord(tempo: number, vocabulary: { idOf(word: string): number }): number {
  if (!(tempo >= slowest && tempo <= fastest)) {
    throw new InvalidOptionError('compose', 'tempo', `a number from ${slowest} to ${fastest}`, tempo)
  }
  return vocabulary.idOf(`t_${4 * Math.round(tempo / 4)}`)
}
