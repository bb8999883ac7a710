import { type Cancel, createRandom, requireInteger, requireNumber, type Watch } from '@vgm/base'
import { type Score, type TimeSignature, type Tokenizer, transpose } from '@vgm/encoding'
import { type Plan, planGrammar, planSteps, tellPlan, transposePlan } from '@vgm/encoding/description'
import { generate, type OpenedModel, type SamplingOptions } from '@vgm/nn'
import { type RenderedMidi, renderMidi } from '../render-midi.js'
import { type Followed, followed } from './followed.js'

/** The plan of a piece, in C major or A minor. */
export interface PlannedPiece extends Plan {
  readonly mode: 'major' | 'minor'
}

/** How pieces are composed to plans. */
export interface ComposePlannedOptions extends SamplingOptions, Watch, Cancel {
  /** The same seed gives the same pieces; an integer from 0 to 2³² − 1. */
  readonly seed: number
  /** The index of the first piece in the seed's series. Default 0. */
  readonly first?: number
  /** The plan of each piece, in C major or A minor. */
  readonly plans: readonly PlannedPiece[]
  /** The candidates composed for each piece, of which the one that follows its plan best is kept. Default 2. */
  readonly bestOf?: number
  /** How strongly the plan is insisted on: 0 not at all beyond what the model does. Default 1. */
  readonly guidance?: number
  /** Ids that every piece begins with, the beginning of its plan. */
  readonly prime?: ArrayLike<number>
  /** The tempo word, as an id; by default the model's. */
  readonly tempo?: number
  /** By how many semitones the pieces are moved; by default the seed decides for each, from −5 to 6. */
  readonly transpose?: number | undefined
}

/** A piece composed to a plan. */
export interface ComposedToPlan extends RenderedMidi {
  readonly score: Score
  /** As the model wrote them, in C major or A minor, `[T]`. */
  readonly words: Uint16Array
  /** What it was composed to, in the key of the score. */
  readonly plan: Plan
  readonly followed: Followed
  /** By how many semitones it was moved after it was composed. */
  readonly transposed: number
}

const tonics = { major: 0, minor: 9 } as const
/** What counts how much where candidates are compared. */
const weights: Followed = { density: 1, register: 1, chords: 1, returns: 1 }
const keys = 12
/** No plan takes more words for each of its time steps. */
const wordsPerStep = 40

/**
 * Composes a piece to each plan.
 *
 * @throws {InvalidOptionError} if an option is out of range.
 */
export async function composePlanned(
  opened: OpenedModel,
  tokenizer: Tokenizer,
  options: ComposePlannedOptions
): Promise<ComposedToPlan[]> {
  const { seed, first = 0, plans, bestOf = 2, guidance = 1, tempo, prime = [], signal, onProgress } = options
  requireInteger('compose', 'bestOf', bestOf, 1, 64)
  requireNumber('compose', 'guidance', guidance, 0)
  const random = createRandom(seed)
  const planOf = (index: number) => plans[Math.floor(index / bestOf) - first]!
  const untold = { hides: () => true }
  const longest = Math.max(...plans.map(planSteps))
  const { temperature = 1, topK, topP } = options
  const rows = await generate(opened, {
    seed,
    first: first * bestOf,
    count: plans.length * bestOf,
    endOfPiece: tokenizer.endOfPiece,
    prime,
    maxWords: wordsPerStep * longest,
    temperature,
    ...(topK !== undefined && { topK }),
    ...(topP !== undefined && { topP }),
    inputs: index => tellPlan(planOf(index)),
    ...(guidance > 0 && {
      guidance: { weight: guidance, inputs: index => tellPlan(planOf(index), untold) }
    }),
    grammar: index => {
      const plan = planOf(index)
      const key = { tonic: tonics[plan.mode], mode: plan.mode }
      return planGrammar(plan, { random: random.fork('variation').fork(index), tempo, key })
    },
    ...(signal && { signal }),
    ...(onProgress && { onProgress })
  })
  return plans.map((plan, k) => {
    const candidates = rows.slice(k * bestOf, (k + 1) * bestOf).map(ids => {
      const isEnded = ids.at(-1) === tokenizer.endOfPiece
      const whole = Uint16Array.from([...Array.from(prime), ...(isEnded ? ids.subarray(0, -1) : ids)])
      const words = tokenizer.close(whole)
      const score = withMetre(tokenizer.decode(words, { strict: true }), plan)
      return { words, score, followed: followed(plan, score) }
    })
    const best = candidates.reduce((best, each) =>
      worth(each.followed) > worth(best.followed) ? each : best
    )
    const { words, score } = best
    const transposed =
      options.transpose ??
      random
        .fork('transpositions')
        .fork(first + k)
        .below(keys) - 5
    const moved = transpose(score, transposed)
    return {
      ...renderMidi(moved),
      score: moved,
      words,
      plan: transposePlan(plan, transposed),
      followed: best.followed,
      transposed
    }
  })
}

const worth = (measures: Followed) =>
  Object.entries(weights).reduce((sum, [name, weight]) => sum + weight * measures[name as keyof Followed], 0)

/** A score with the time signatures of a plan; a time step is a sixteenth. */
function withMetre(score: Score, { bars }: Plan): Score {
  const timeSignatures: TimeSignature[] = []
  let tick = 0
  for (const { numerator, denominator, steps } of bars) {
    const last = timeSignatures.at(-1)
    if (last?.numerator !== numerator || last.denominator !== denominator) {
      timeSignatures.push({ tick, numerator, denominator })
    }
    tick += (steps * score.ticksPerQuarter) / 4
  }
  return { ...score, timeSignatures }
}
