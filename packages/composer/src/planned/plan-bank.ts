import { type Random, requireInteger } from '@vgm/base'
import { type Score, transpose } from '@vgm/encoding'
import { type BarPlan, cutPlan, describe, type Plan } from '@vgm/encoding/description'
import { estimateKey } from '@vgm/key-velocity'
import { NoPlanError } from '../errors.js'
import { toHomeKey } from './home-key.js'

/** Plans of whole pieces to compose by. They hold no notes. */
export interface PlanBank {
  readonly plans: readonly BankedPlan[]
}

/** The plan of a piece, in C major or A minor. */
export interface BankedPlan extends Plan {
  readonly mode: 'major' | 'minor'
}

/**
 * The plan of a piece for a bank, in C major or A minor.
 *
 * @param score Without empty bars before the first note.
 * @throws {NoNotesError | UniformHistogramError} if the piece has no key.
 */
export function bankedPlan(score: Score): BankedPlan {
  const bars = describe(transpose(score, toHomeKey(score))).bars.map(({ programs: _, ...bar }) => bar)
  return { mode: estimateKey(score).mode, bars }
}

/** What kind of plan is wanted. */
export interface PlanChoice {
  /** The number of bars. */
  readonly bars: number
  readonly random: Random
}

/** Where a plan may begin: with its piece, or at every fourth bar. */
const phrase = 4
/** Of a drawn plan's bars, so many come back, and no bar comes so often in a row. */
const leastReturning = 0.3
const mostReturning = 0.8
const mostInARow = 3
/** So many draws are tried. */
const attempts = 500

/** Whether music to this plan has a form: some bars come back, others are new, and none goes on and on. */
function hasForm({ bars }: Plan): boolean {
  const returning = bars.filter(({ returns }) => returns).length / bars.length
  let inARow = 1
  for (const { returns } of bars) {
    inARow = returns?.bars === 1 ? inARow + 1 : 1
    if (inARow > mostInARow) return false
  }
  return returning >= leastReturning && returning <= mostReturning
}

/** Whether a bar is as long as its time signature says. */
const isWhole = ({ numerator, denominator, steps }: BarPlan) => steps * denominator === 16 * numerator

/** Whether every bar has notes. */
const isSounding = ({ bars }: Plan) => bars.every(({ notes = 1 }) => notes > 0)

/** The plan with a last bar to end on: new, a few long notes on the tonic. */
function ended(plan: Plan, mode: 'major' | 'minor'): Plan {
  const last = plan.bars.at(-1)!
  const tonic = mode === 'major' ? 'C' : 'Am'
  const ending: BarPlan = {
    ...last,
    notes: 4,
    duration: last.steps / 4,
    chords: [tonic, tonic],
    returns: null
  }
  return { bars: [...plan.bars.slice(0, -1), ending] }
}

/**
 * A plan of so many bars from a bank: a stretch of a real piece's plan that has a form, and an ending.
 *
 * @throws {InvalidOptionError} if `bars` is no integer from 4 to 64.
 * @throws {NoPlanError} if no piece of the bank has such a stretch.
 */
export function drawPlan({ plans }: PlanBank, { bars, random }: PlanChoice): BankedPlan {
  requireInteger('drawPlan', 'bars', bars, 4, 64)
  const long = plans.filter(plan => plan.bars.length >= bars)
  for (let attempt = 0; attempt < attempts && long.length > 0; attempt++) {
    const plan = long[random.below(long.length)]!
    const first = phrase * random.below(Math.floor((plan.bars.length - bars) / phrase) + 1)
    const cut = cutPlan(plan, first, bars)
    if (isSounding(cut) && cut.bars.every(isWhole) && hasForm(cut))
      return { ...ended(cut, plan.mode), mode: plan.mode }
  }
  throw new NoPlanError(bars, plans.length)
}
