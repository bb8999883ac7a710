import { basename, dirname } from 'node:path'
import { type Cancel, JsonError, type Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { InvalidStateError } from '@vgm/ga-steer'
import { type MlstmConfig, type Steering, steeringToJson } from '@vgm/mlstm'
import { type Engine, type Model, modelDigest } from '@vgm/nn'
import { writeFiles } from '@vgm/nn/node'
import { compareSteering, type Measures, searchByCost } from './assessed-search.js'
import { samplePieces } from './sample-pieces.js'
import { type NotedStep, openSearchFile, type SearchFile, SearchFileError } from './search-file.js'
import type { SearchMethod } from './search-options.js'
import { plotSearch } from './search-plot.js'

/** How many pieces are composed to be measured, not to be learnt from; they are twice as long as those. */
const measuredPieces = 64

/** What a search measures of a piece, beside what it costs. */
type Measured = 'probability' | 'excess'

/** Music that a search composes, and how it is measured. `Ranges` and `Form` are plain JSON. */
export interface SteeringAim<Ranges, Form> {
  /** The probability of being positive that is wanted, 0–1. */
  readonly target: number
  /** What music is like; pieces that leave these ranges cost more. */
  readonly rangesOf: (pieces: readonly Score[], watch: Cancel & Watch) => Promise<Ranges>
  /** Real music for the ranges; by default what the model composes unsteered. */
  readonly music?: (() => Promise<readonly Score[]>) | undefined
  /** How near pieces are to the target. */
  readonly assess: (
    pieces: readonly Score[],
    ranges: Ranges,
    watch: Cancel
  ) => Promise<readonly Measures<Measured>[]>
  /** The form of pieces, noted before and after. */
  readonly formOf: (pieces: readonly Score[]) => Form
}

/** Options of {@link findSteering}. */
export interface FindSteeringOptions<Ranges, Form> extends SteeringAim<Ranges, Form>, Cancel, Watch {
  /** The steering file to write, which ends in `.json`. The search is kept beside it, and a plot of it. */
  readonly path: string
  readonly method: SearchMethod
  /** The units that may be steered, each once, `[K]`. */
  readonly neurons: Int32Array
  /** Steps, or generations. */
  readonly steps: number
  /** Pieces per step, or per individual. */
  readonly count: number
  /** The words of a piece. */
  readonly words: number
  /** The same seed finds the same steering; an integer from 0 to 2³² − 1. */
  readonly seed: number
  readonly engine: Engine
  /** What else decides the search, by name, as JSON: noted in the steering, and a search is resumed with the same only. */
  readonly about: Readonly<Record<string, unknown>>
  /** The same, but noted in the search only. */
  readonly digests?: Readonly<Record<string, string>>
  /** Whether to go on with a search that was stopped. */
  readonly resume?: boolean
  /** Called with all steps so far, before the first step and after each. */
  readonly onSteps?: (history: readonly NotedStep<Measured>[]) => void
}

/** A value of pieces without the steering, and with it. */
export interface BeforeAfter<T> {
  readonly unsteered: T
  readonly steered: T
}

/** A steering, and what it does to pieces that no search has seen. */
export interface FoundSteering<Ranges, Form> {
  readonly steering: Steering
  /** What the steering file says of the search. */
  readonly provenance: Readonly<Record<string, unknown>> & {
    readonly ranges: Ranges
    readonly check: {
      readonly pieces: number
      readonly words: number
      readonly probability: BeforeAfter<number>
      /** The share of pieces that are more positive than not. */
      readonly positive: BeforeAfter<number>
      readonly excess: BeforeAfter<number>
      readonly form: BeforeAfter<Form>
    }
  }
}

/**
 * Searches for a steering, measures what it does to new pieces, and writes it to a file, beside it `-history.svg`. After every
 * step the search is kept in a `.search.json` file, which is removed in the end.
 *
 * @throws {SearchFileError} if the file of the search is in the way, missing, damaged or of other settings.
 * @throws as `searchSteering`, and as the functions that are given.
 */
export async function findSteering<Ranges, Form>(
  model: Model<MlstmConfig>,
  options: FindSteeringOptions<Ranges, Form>
): Promise<FoundSteering<Ranges, Form>> {
  const { path, target, method, steps, count, words, seed, engine, signal, formOf } = options
  const digest = await modelDigest(model)
  const settings = { target, method, steps, pieces: count, words, seed, ...options.about }
  const stem = path.replace(/\.json$/, '')
  const search = await openSearchFile(`${stem}.search.json`, {
    settings: { model: digest, ...settings, ...options.digests },
    measures: ['probability', 'excess'],
    resume: options.resume ?? false
  })
  options.onSteps?.(search.history)
  const fresh = { count: measuredPieces, words: 2 * words, engine, signal }
  const seedAt = (offset: number) => (seed + offset) % 2 ** 32
  const { onProgress } = options
  const music = await (options.music?.() ?? samplePieces(model, { ...fresh, seed: seedAt(3) }))
  const ranges = await options.rangesOf(music, { signal, onProgress })
  const assess = async (pieces: readonly Score[]) =>
    (await options.assess(pieces, ranges, { signal })).map(piece => ({
      ...piece,
      positive: piece.probability > 0.5 ? 1 : 0
    }))
  const steering = await searchOn(search, model, { ...options, assess })
  const compared = await compareSteering(model, steering, { ...fresh, seed: seedAt(1), assess })
  const pair = <T>(of: (side: 'unsteered' | 'steered') => T): BeforeAfter<T> => ({
    unsteered: of('unsteered'),
    steered: of('steered')
  })
  const check = {
    ...{ pieces: fresh.count, words: fresh.words },
    probability: pair(side => compared[side].probability),
    positive: pair(side => compared[side].positive),
    excess: pair(side => compared[side].excess),
    form: pair(side => formOf(compared.pieces[side]))
  }
  const provenance = { ...settings, ranges, check }
  await writeFiles(dirname(path), {
    [basename(path)]: steeringToJson({ steering, units: model.config.units, model: digest, provenance }),
    [`${basename(stem)}-history.svg`]: plotSearch(search.history, target)
  })
  await search.remove()
  return { steering, provenance }
}

/** What {@link searchOn} needs besides the file and the model. */
interface SearchOnOptions
  extends Omit<FindSteeringOptions<unknown, unknown>, 'assess' | 'rangesOf' | 'formOf' | 'music'> {
  readonly assess: (pieces: readonly Score[]) => Promise<readonly Measures<Measured | 'positive'>[]>
}

/** Goes on with a search to its end. */
async function searchOn(
  search: SearchFile<Measured>,
  model: Model<MlstmConfig>,
  { method, neurons, steps, count, words, seed, engine, signal, ...options }: SearchOnOptions
): Promise<Steering> {
  const found = startOf(search, () =>
    searchByCost(model, {
      ...{ method, neurons, steps, count, words, seed, engine, signal, assess: options.assess },
      onProgress: ({ done, total = done, ...rest }) =>
        options.onProgress?.({
          ...{ ...rest, phase: 'searching' },
          ...{ done: search.history.length * total + done, total: steps * total }
        }),
      ...(search.begun && { resume: search.begun.state })
    })
  )
  let steering = search.begun?.steering
  for await (const step of found) {
    await search.save(step)
    options.onSteps?.(search.history)
    steering = step.steering
  }
  if (steering === undefined) throw new Error('internal: a search ended without a step')
  return steering
}

/** @throws {SearchFileError} if the state in the file is damaged. */
function startOf<T>({ path }: SearchFile<Measured>, start: () => T): T {
  try {
    return start()
  } catch (cause) {
    if (!(cause instanceof JsonError || cause instanceof InvalidStateError)) throw cause
    throw new SearchFileError('damaged', path, cause.problem, { cause })
  }
}
