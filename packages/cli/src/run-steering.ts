import { type SearchMethod, samplePieces, searchSteering } from '@vgm/composer'
import { type Assessment, assess, type DescriptorRange, type EmotionTarget, rangesOf } from '@vgm/emotion'
import { decode, type Score } from '@vgm/encoding'
import type { MlstmModel, Steering } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { neuronsOf } from '@vgm/probe'
import { InterruptedError, UsageError } from './errors.js'
import { naming } from './files.js'
import { readPieces } from './music.js'
import type { NamedJudge } from './open-judge.js'
import type { Progress } from './progress.js'
import type { SearchFile, SteeringPoint } from './search-file.js'

/** What a search composes and how far it goes. */
interface SearchEffort {
  /** Steps of the gradient, or generations. */
  readonly steps: number
  /** Pieces per step, or per individual. */
  readonly pieces: number
  readonly words: number
  readonly seed: number
}

/** What {@link runSteering} takes. */
export interface RunSteeringOptions {
  readonly method: SearchMethod
  readonly effort: SearchEffort
  readonly aim: Omit<EmotionTarget, 'ranges'>
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
  readonly history: readonly SteeringPoint[]
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
  model: MlstmModel,
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
  model: MlstmModel,
  { method, effort, aim: given, music, neurons, search, engine, signal }: RunSteeringOptions,
  progress: Progress
): Promise<FoundSteering> {
  const { steps, pieces: count, words, seed } = effort
  const measured = { count: measuredPieces, words: 2 * words }
  const compose = (offset: number, steering?: Steering) =>
    samplePieces(model, {
      ...{ ...measured, engine, signal },
      seed: (seed + offset) % 2 ** 32,
      ...(steering && { steering })
    })
  const ranges = await rangesOf(
    music === undefined ? await compose(3) : await readMusic(music, signal, progress),
    {
      signal,
      onProgress: ({ done, total }) => progress.update(0, `${done} of ${total} phrases for the ranges`)
    }
  )
  const aim = { ...given, ranges }

  let assessed: readonly Assessment[] = []
  const found = await naming(search.path, () =>
    searchSteering(model, {
      ...{ method, neurons, steps, count, words, seed, engine, signal },
      async reward(pieces) {
        assessed = await assess(pieces, aim, { signal })
        return assessed.map(({ cost }) => -cost)
      },
      onProgress: stepProgress(search, steps, progress),
      ...(search.begun && { resume: search.begun.state })
    })
  )
  let steering = search.begun?.steering
  for await (const step of found) {
    await search.save({ ...step, ...summaryOf(assessed) })
    steering = step.steering
  }
  if (steering === undefined) throw new Error('internal: a search ended without a step')

  // From the same seed: pieces are compared in pairs.
  const [unsteered, steered] = [await compose(1), await compose(1, steering)]
  const [before, after] = [await assess(unsteered, aim, { signal }), await assess(steered, aim, { signal })]
  const compared = (of: (piece: Assessment) => number) => ({
    unsteered: meanOf(before, of),
    steered: meanOf(after, of)
  })
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

/** Shows how far a search is, over all of its steps. */
function stepProgress({ history }: SearchFile, steps: number, progress: Progress) {
  const start = performance.now()
  const begun = history.length
  return ({ done: words, total = words }: { readonly done: number; readonly total?: number }) => {
    const done = history.length
    const rate = Math.round(((done - begun) * total + words) / ((performance.now() - start) / 1000))
    progress.update(
      (done + words / total) / steps,
      `step ${done + 1} of ${steps}${stateOf(history.at(-1))} | ${rate} words/s`
    )
  }
}

function meanOf(all: readonly Assessment[], of: (piece: Assessment) => number): number {
  return all.reduce((sum, piece) => sum + of(piece), 0) / all.length
}

/** What the pieces of a step come to. */
function summaryOf(all: readonly Assessment[]): Assessment {
  return {
    probability: meanOf(all, ({ probability }) => probability),
    excess: meanOf(all, ({ excess }) => excess),
    cost: meanOf(all, ({ cost }) => cost)
  }
}

/** The MIDI files of a folder as the model would write them. */
async function readMusic(folder: string, signal: AbortSignal, progress: Progress): Promise<Score[]> {
  const pieces = await readPieces(folder, progress.log, (done, total) => {
    signal.throwIfAborted()
    progress.update(0, `${done} of ${total} pieces read`)
  })
  return pieces.map(({ ids }) => decode(ids))
}

function stateOf(point: SteeringPoint | undefined): string {
  if (point === undefined) return ''
  return ` | positive ${point.probability.toFixed(3)}, outside ${point.excess.toFixed(3)}`
}
