import type { Score } from '@vgm/encoding'
import type { MlstmConfig, Steering } from '@vgm/mlstm'
import type { Model } from '@vgm/nn'
import { type SampleOptions, samplePieces } from './sample-pieces.js'
import type { SearchOptions, SearchStep } from './search-options.js'
import { searchSteering } from './search-steering.js'

/** What was measured of a piece, by name. A search lowers the cost. */
export type Measures<Name extends string = never> = Readonly<Record<Name | 'cost', number>>

/** Measures all pieces of a step. A piece may be without a note. */
export type Assess<Name extends string> = (pieces: readonly Score[]) => Promise<readonly Measures<Name>[]>

/** What {@link searchByCost} takes. */
export interface CostSearchOptions<Name extends string> extends Omit<SearchOptions, 'reward'> {
  readonly assess: Assess<Name>
}

/** A step of {@link searchByCost}. */
export interface CostSearchStep<Name extends string> extends Omit<SearchStep, 'reward'> {
  /** The means over the step's pieces. */
  readonly measures: Measures<Name>
}

/**
 * Searches for a steering whose pieces cost little, as {@link searchSteering}, and says with each step what its pieces were
 * like.
 *
 * @throws as {@link searchSteering}.
 */
export function searchByCost<Name extends string>(
  model: Model<MlstmConfig>,
  { assess, ...options }: CostSearchOptions<Name>
): AsyncGenerator<CostSearchStep<Name>> {
  let assessed: readonly Measures<Name>[] = []
  const steps = searchSteering(model, {
    ...options,
    async reward(pieces) {
      assessed = await assess(pieces)
      return assessed.map(({ cost }) => -cost)
    }
  })
  return (async function* () {
    for await (const { step, steering, state } of steps) {
      yield { step, steering, state, measures: meansOf(assessed) }
    }
  })()
}

/** What {@link compareSteering} takes. */
export interface CompareOptions<Name extends string> extends Omit<SampleOptions, 'steering'> {
  readonly assess: Assess<Name>
}

/** Mean measures of pieces without a steering and with it, and the pieces. */
export interface SteeringComparison<Name extends string> {
  readonly unsteered: Measures<Name>
  readonly steered: Measures<Name>
  readonly pieces: { readonly unsteered: readonly Score[]; readonly steered: readonly Score[] }
}

/**
 * Measures what a steering does to pieces that no search has seen: the same seed composes without it and with it, so that
 * pieces are compared in pairs.
 */
export async function compareSteering<Name extends string>(
  model: Model<MlstmConfig>,
  steering: Steering,
  { assess, ...sample }: CompareOptions<Name>
): Promise<SteeringComparison<Name>> {
  const unsteered = await samplePieces(model, sample)
  const steered = await samplePieces(model, { ...sample, steering })
  return {
    unsteered: meansOf(await assess(unsteered)),
    steered: meansOf(await assess(steered)),
    pieces: { unsteered, steered }
  }
}

function meansOf<Name extends string>(all: readonly Measures<Name>[]): Measures<Name> {
  const names = Object.keys(all[0] ?? {}) as (Name | 'cost')[]
  const means = names.map(name => [name, all.reduce((sum, piece) => sum + piece[name], 0) / all.length])
  return Object.fromEntries(means) as Measures<Name>
}
