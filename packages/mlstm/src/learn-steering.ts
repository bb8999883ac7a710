import {
  createRandom,
  InvalidOptionError,
  requireInteger,
  requirePositive,
  restoreRandom,
  ShapeError
} from '@vgm/base'
import { adamOnHost, type GenerateOptions, generate, NotFiniteError, type OpenedModel } from '@vgm/nn'
import { requireSteering, type Steering, steeringInputs } from './steering.js'
import { SteeringGradient } from './steering-gradient.js'
import type { MlstmConfig } from './types.js'

/** Where a search for a steering stands: what `resume` takes. */
export interface LearnSteeringState {
  /** Steps done. */
  readonly step: number
  /** The offset of each steered unit, and Adam's moments of it, `[K]` each. */
  readonly offsets: readonly number[]
  readonly first: readonly number[]
  readonly second: readonly number[]
  /** The generator's position. */
  readonly random: readonly number[]
}

/** Options of {@link learnSteering}. */
export interface LearnSteeringOptions<State>
  extends Omit<GenerateOptions<State>, 'held' | 'first' | 'prime' | 'maxWords'> {
  /**
   * How good each piece is; more is better, and only the order of magnitude among pieces composed together matters.
   *
   * @param pieces Of `words` ids each, without an end of piece.
   * @returns A finite number for each piece.
   */
  readonly reward: (pieces: readonly Uint16Array[]) => ArrayLike<number> | Promise<ArrayLike<number>>
  /** The units that may be steered, each once, `[K]` (default: all). */
  readonly neurons?: Int32Array
  /** How often pieces are composed and the offsets moved (default: 40). */
  readonly steps?: number
  /** `B`, the pieces composed at each step (default: 256). */
  readonly count?: number
  /** The words of a piece (default: 256). */
  readonly words?: number
  /** How far Adam moves an offset at the first step; it falls linearly to 0 (default: 0.004). */
  readonly learningRate?: number
  /** Goes on from here. */
  readonly resume?: LearnSteeringState
}

/** A step of {@link learnSteering}. */
export interface LearnSteeringStep {
  /** From 1. */
  readonly step: number
  /** The rewards of the step's pieces, composed before the offsets moved, `[B]`. */
  readonly rewards: Float64Array
  /** The mean of `rewards`. */
  readonly meanReward: number
  /** The steering after the step, mode `add`. */
  readonly steering: Steering
  readonly state: LearnSteeringState
}

/**
 * Learns what to add to the units of a model so that what it composes is rewarded, step by step as the caller asks for the
 * next. The weights stay as they are.
 *
 * At each step pieces are composed with the offsets so far, and the offsets follow the gradient of
 * `Σ advantage · log-likelihood` of these pieces, the advantage being the reward in standard deviations from the step's mean.
 * The likelihood is the model's own, without temperature and grammar; its gradient is cut every 64 words.
 *
 * A signal stops it with its reason; the state of the last step that was yielded is what to resume from.
 *
 * @throws {InvalidOptionError} if an option is out of range, or a reward is no finite number.
 * @throws {ShapeError} if there are not as many rewards as pieces, or the state to resume is of other units.
 * @throws {NotFiniteError} if a gradient or an offset is not finite; the last step that was yielded is from before.
 * @source Williams 1992, REINFORCE, with the mean reward of the batch as the baseline
 */
export async function* learnSteering<State>(
  opened: OpenedModel<MlstmConfig>,
  options: LearnSteeringOptions<State>
): AsyncGenerator<LearnSteeringStep> {
  const { config } = opened
  const {
    reward,
    seed,
    endOfPiece,
    steps = 40,
    count = 256,
    words = 256,
    learningRate = 0.004,
    signal
  } = options
  const neurons = options.neurons ?? Int32Array.from({ length: config.units }, (_, unit) => unit)
  requireInteger('learnSteering', 'steps', steps, 1)
  requireInteger('learnSteering', 'count', count, 2)
  requireInteger('learnSteering', 'words', words, 1)
  requirePositive('learnSteering', 'learningRate', learningRate)
  const size = neurons.length
  const zeros = () => new Float32Array(size)
  let state: LearnSteeringState = options.resume ?? {
    step: 0,
    offsets: Array.from(zeros()),
    first: Array.from(zeros()),
    second: Array.from(zeros()),
    random: createRandom(seed).fork('steps').state()
  }
  requireState(state, size)
  requireSteering(steeringOf(neurons, state), config.units, 1)

  const likelihood = await SteeringGradient.create(opened, count, words)
  try {
    while (state.step < steps) {
      signal?.throwIfAborted()
      const random = restoreRandom(state.random)
      const steering = steeringOf(neurons, state)
      const held = steeringInputs(steering, config)
      const pieces = await generate(opened, { ...options, count, words, seed: random.below(2 ** 32), held })
      const rewards = checked(await reward(pieces), count)
      const shift = held.shift!.values as Float32Array
      const all = await likelihood.of(shift, pieces, advantagesOf(rewards), endOfPiece, signal)
      const rate = learningRate * (1 - state.step / steps)
      const gradient = Array.from(neurons, unit => all[unit]!)
      const next = { ...moved(state, gradient, rate), random: random.state() }
      if (!gradient.every(Number.isFinite)) throw new NotFiniteError(`the gradient of step ${next.step}`)
      if (!steeringOf(neurons, next).offsets.every(Number.isFinite)) {
        throw new NotFiniteError(`an offset after step ${next.step}`)
      }
      state = next
      const meanReward = meanOf(rewards)
      yield { step: state.step, rewards, meanReward, steering: steeringOf(neurons, state), state }
    }
  } finally {
    likelihood.dispose()
  }
}

/** The numbers of a generator's position. */
const randomNumbers = 4

function steeringOf(neurons: Int32Array, { offsets }: LearnSteeringState): Steering {
  return { neurons, offsets: Float32Array.from(offsets), mode: 'add' }
}

/** The state after one update of Adam, uphill. */
function moved(
  state: LearnSteeringState,
  gradient: readonly number[],
  learningRate: number
): LearnSteeringState {
  const step = state.step + 1
  const { values: offsets, ...moments } = adamOnHost(
    { values: state.offsets, first: state.first, second: state.second },
    gradient,
    step,
    -learningRate
  )
  return { ...state, step, offsets, ...moments }
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** How many standard deviations each is above the mean; 0 where all are alike. */
function advantagesOf(rewards: Float64Array): Float64Array {
  const mean = meanOf(rewards)
  const deviation = Math.sqrt(meanOf(rewards.map(value => (value - mean) ** 2)))
  return rewards.map(value => (deviation > 0 ? (value - mean) / deviation : 0))
}

function checked(values: ArrayLike<number>, count: number): Float64Array {
  if (values.length !== count)
    throw new ShapeError('learnSteering', 'reward', `${count} numbers`, values.length)
  const rewards = Float64Array.from(values)
  const wrong = rewards.findIndex(value => !Number.isFinite(value))
  if (wrong < 0) return rewards
  throw new InvalidOptionError('learnSteering', `reward[${wrong}]`, 'a finite number', rewards[wrong])
}

function requireState({ step, offsets, first, second, random }: LearnSteeringState, size: number): void {
  requireInteger('learnSteering', 'resume.step', step, 0)
  if (random.length !== randomNumbers || !random.every(Number.isInteger)) {
    throw new InvalidOptionError('learnSteering', 'resume.random', `${randomNumbers} integers`, random)
  }
  for (const [name, values] of Object.entries({ offsets, first, second })) {
    if (values.length !== size) {
      throw new ShapeError('learnSteering', `resume.${name}`, `${size} numbers`, values.length)
    }
    const wrong = values.findIndex(value => !Number.isFinite(value))
    if (wrong >= 0) {
      throw new InvalidOptionError(
        'learnSteering',
        `resume.${name}[${wrong}]`,
        'a finite number',
        values[wrong]
      )
    }
  }
}
