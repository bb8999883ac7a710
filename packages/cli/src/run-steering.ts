import type { Assessment, DescriptorRange } from '@vgm/emotion'
import { stateFromJson } from '@vgm/ga-steer'
import { type Engine, generate, type Model, type Steering } from '@vgm/mlstm'
import { neuronsOf } from '@vgm/probe'
import { type Aim, assess, rangesOf } from './assess-pieces.js'
import { InterruptedError, UsageError } from './errors.js'
import { naming } from './files.js'
import { parseGradientState } from '../../composer/src/steering/gradient-state.js'
import { readPieces } from './music.js'
import type { NamedJudge } from './open-judge.js'
import type { Progress } from './progress.js'
import type { HistoryPoint, SearchFile } from './search-file.js'
import { composing, type SearchEffort, searchByGenes, searchByGradient } from '../../composer/src/steering/steering-search.js'

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
  readonly aim: Omit<Aim, 'ranges' | 'signal'>
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
  readonly ranges: readonly DescriptorRange[]
  readonly check: SteeringCheck
}

/** How many pieces are composed to be measured, not to be learnt from; they are twice as long as those. */
const measuredPieces = 64

/**
 * The units that a probe reads.
 *
 * @throws {UsageError} if it reads none.
 */
export function unitsOf({ name, kind, probe }: NamedJudge, units: number): Int32Array {
  const read = kind === 'descriptors' ? [] : neuronsOf(probe).map(({ neuron }) => neuron)
  const neurons = Int32Array.from(read.filter(neuron => neuron < units)).sort()
  if (neurons.length > 0) return neurons
  throw new UsageError(`--neurons: the probe ${name} reads no unit of the model; name one that does`)
}

/**
 * Searches, keeps what is needed to go on after every step, and measures what was found with fresh pieces.
 *
 * @throws {InterruptedError} if the signal stops it, saying from where it can go on.
 */
export async function runSteering(
  model: Model,
  options: RunSteeringOptions,
  progress: Progress
): Promise<FoundSteering> {
  const { history } = options.search
  try {
    return await searchAndMeasure(model, options, progress)
  } catch (error) {
    if (!options.signal.aborted) throw error
    const advice =
      history.length === 0 ? 'nothing was written' : 'the same command with --resume goes on from there'
    throw new InterruptedError(`stopped after step ${history.length}; ${advice}`, { cause: error })
  }
}

async function searchAndMeasure(
  model: Model,
  { method, effort, aim: given, music, neurons, search, engine, signal }: RunSteeringOptions,
  progress: Progress
): Promise<FoundSteering> {
  const measured = { count: measuredPieces, words: 2 * effort.words }
  const compose = (seed: number, steering?: Steering) => {
    const options = { ...composing, ...measured, engine, signal }
    return generate(model, {
      ...options,
      seed: (effort.seed + seed) % 2 ** 32,
      ...(steering && { steering })
    })
  }
  const ranges = await rangesOf(
    music === undefined ? await compose(3) : await readMusic(music, signal, progress),
    signal,
    note => progress.update(0, `${note} for the ranges`)
  )
  const aim = { ...given, ranges, signal }

  const start = performance.now()
  const begun = search.history.length
  const { steps, pieces, words } = effort
  const perStep = pieces * words * (method.name === 'genetic' ? method.population : 1)
  const onWords = (count: number) => {
    const done = search.history.length
    const rate = Math.round(((done - begun) * perStep + count) / ((performance.now() - start) / 1000))
    progress.update(
      (done + count / perStep) / steps,
      `step ${done + 1} of ${steps}${stateOf(search.history.at(-1))} | ${rate} words/s`
    )
  }
  const options = { ...effort, aim, neurons, engine, signal, onWords }
  const found =
    method.name === 'gradient'
      ? searchByGradient(model, { ...options, ...method, ...(await resumeWith(search, parseGradientState)) })
      : searchByGenes(model, { ...options, ...method, ...(await resumeWith(search, stateFromJson)) })
  let steering = search.begun?.steering
  for await (const step of found) {
    await search.save(step)
    steering = step.steering
  }
  signal.throwIfAborted()
  if (steering === undefined) throw new Error('internal: a search ended without a step')

  // From the same seed: pieces are compared in pairs.
  const [unsteered, steered] = [await compose(1), await compose(1, steering)]
  const [before, after] = [await assess(unsteered, aim), await assess(steered, aim)]
  const compared = (of: (piece: Assessment) => number) => {
    const mean = (all: readonly Assessment[]) => all.reduce((sum, piece) => sum + of(piece), 0) / all.length
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

/** Where a search stood when it was stopped. */
async function resumeWith<State>(
  { path, begun }: SearchFile,
  parse: (text: string) => State
): Promise<{ readonly resume?: State }> {
  return begun === undefined ? {} : { resume: await naming(path, () => parse(begun.state)) }
}

/** The ids of the MIDI files of a folder. */
async function readMusic(folder: string, signal: AbortSignal, progress: Progress): Promise<Uint16Array[]> {
  const pieces = await readPieces(folder, progress.log, (done, total) => {
    signal.throwIfAborted()
    progress.update(0, `${done} of ${total} pieces read`)
  })
  return pieces.map(({ ids }) => ids)
}

function stateOf(point: HistoryPoint | undefined): string {
  if (point === undefined) return ''
  return ` | positive ${point.probability.toFixed(3)}, outside ${point.excess.toFixed(3)}`
}
