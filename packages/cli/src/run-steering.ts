import { grammar, vocabulary } from '@vgm/encoding'
import { type Engine, generate, type Model, type Steering } from '@vgm/mlstm'
import { neuronsOf } from '@vgm/probe'
import { type Aim, assess, type Range, rangesOf } from './assess-pieces.js'
import { sampling } from './defaults.js'
import { InterruptedError, UsageError } from './errors.js'
import type { Judge } from './judge.js'
import { readPieces } from './music.js'
import type { Progress } from './progress.js'
import type { HistoryPoint, SearchFile } from './search-file.js'
import { type SearchEffort, searchByGenes, searchByGradient } from './steering-search.js'

/** Which search, and what is particular to it. */
export type SearchMethod =
  | { readonly name: 'gradient'; readonly learningRate: number }
  | {
      readonly name: 'genetic'
      readonly mode: Steering['mode']
      readonly population: number
      readonly range: number
    }

/** What {@link runSteering} takes. */
export interface RunSteeringOptions {
  readonly method: SearchMethod
  readonly effort: SearchEffort
  readonly aim: Omit<Aim, 'ranges'>
  /** A folder of real music whose ranges must not be left; by default those of what the model composes by itself. */
  readonly music?: string
  readonly neurons: Int32Array
  readonly search: SearchFile
  readonly engine: Engine
  readonly signal: AbortSignal
}

/** What the judge says of fresh pieces. */
interface SteeringCheck {
  readonly pieces: number
  readonly words: number
  /** The mean probability of being positive, and the share of pieces above 0.5. */
  readonly probability: { readonly unsteered: number; readonly steered: number }
  readonly positive: { readonly unsteered: number; readonly steered: number }
  readonly excess: { readonly unsteered: number; readonly steered: number }
}

/** A steering that was found. */
export interface FoundSteering {
  readonly steering: Steering
  readonly history: readonly HistoryPoint[]
  readonly ranges: readonly Range[]
  readonly check: SteeringCheck
}

/** Pieces and words of what is composed to be measured, not to be learnt from. */
const measured = { count: 64, words: 512 }
const endOfPiece = vocabulary.idOf('\n')

/**
 * The units that a probe reads.
 *
 * @throws {UsageError} if it reads none.
 */
export function unitsOf({ name, kind, file }: Judge, units: number): Int32Array {
  const read = kind === 'descriptors' ? [] : neuronsOf(file.probe).map(({ neuron }) => neuron)
  const neurons = Int32Array.from(read.filter(neuron => neuron < units)).sort()
  if (neurons.length > 0) return neurons
  throw new UsageError(`--neurons: the probe ${name} reads no unit of the model; name one that does`)
}

/** Searches, keeps what is needed to go on after every step, and measures what was found with fresh pieces. */
export async function runSteering(
  model: Model,
  { method, effort, aim, music, neurons, search, engine, signal }: RunSteeringOptions,
  progress: Progress
): Promise<FoundSteering> {
  const compose = (seed: number, steering?: Steering) =>
    generate(model, {
      endOfPiece,
      grammar,
      ...sampling,
      ...measured,
      seed,
      engine,
      signal,
      ...(steering && { steering })
    })
  const unsteered = await compose((effort.seed + 1) % 2 ** 32)
  const real = music === undefined ? unsteered : (await readPieces(music, progress.log)).map(({ ids }) => ids)
  const ranges = rangesOf(real)

  const { steps, pieces, words } = effort
  const perStep = pieces * words * (method.name === 'genetic' ? method.population : 1)
  let done = search.history.length
  let start = performance.now()
  const last = () => search.history.at(-1)
  const options = {
    ...effort,
    aim: { ...aim, ranges },
    neurons,
    engine,
    signal,
    ...(search.last !== undefined && { resume: search.last.state }),
    onWords(words: number) {
      const rate = Math.round(words / ((performance.now() - start) / 1000))
      const point = last()
      const state =
        point === undefined
          ? ''
          : ` | positive ${point.probability.toFixed(3)}, outside ${point.excess.toFixed(3)}`
      progress.update(
        (done + words / perStep) / steps,
        `step ${done + 1} of ${steps}${state} | ${rate} words/s`
      )
    }
  }
  const found =
    method.name === 'gradient'
      ? searchByGradient(model, { ...options, ...method })
      : searchByGenes(model, { ...options, ...method })
  let steering = search.last?.steering
  try {
    for await (const step of found) {
      await search.save(step)
      steering = step.steering
      done = step.step
      start = performance.now()
    }
    signal.throwIfAborted()
  } catch (error) {
    if (!signal.aborted) throw error
    const advice =
      search.history.length === 0
        ? 'nothing was written'
        : 'the same command with --resume goes on from there'
    throw new InterruptedError(`stopped after step ${search.history.length}; ${advice}`, { cause: error })
  }
  if (steering === undefined) throw new Error('internal: a search ended without a step')

  const steered = await compose((effort.seed + 2) % 2 ** 32, steering)
  const [before, after] = await Promise.all([unsteered, steered].map(made => assess(made, options.aim)))
  const compared = (of: (piece: { probability: number; excess: number }) => number) => {
    const mean = (all: typeof before) => all!.reduce((sum, piece) => sum + of(piece), 0) / all!.length
    return { unsteered: mean(before), steered: mean(after) }
  }
  return {
    steering,
    history: search.history,
    ranges,
    check: {
      pieces: measured.count,
      words: measured.words,
      probability: compared(({ probability }) => probability),
      positive: compared(({ probability }) => (probability > 0.5 ? 1 : 0)),
      excess: compared(({ excess }) => excess)
    }
  }
}
