import type { Cancel, Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { joinColumns, type Matrix } from '@vgm/probe'
import { MissingStatesError } from '../errors.js'
import { describeScores } from './describe-scores.js'
import type { FeatureKind } from './feature-kind.js'
import { type StateReader, statesOf } from './states.js'

/** What features are computed with. */
export interface FeatureSources {
  /** The model whose states are read; only descriptors need none. */
  readonly states?: StateReader | undefined
}

/** Features of scores. */
export interface Features {
  /** A row for each score. */
  readonly features: Matrix
  /** The columns' names: `unit 0`, `unit 1` … for states, those of `@vgm/features` for descriptors. */
  readonly names: readonly string[]
}

/**
 * What a probe sees of scores.
 *
 * @throws {MissingStatesError} if the kind needs a model's states and there is no model.
 */
export async function featuresOf(
  kind: FeatureKind,
  scores: readonly Score[],
  { states, ...watch }: FeatureSources & Cancel & Watch = {}
): Promise<Features> {
  if (kind === 'descriptors') return { features: await describeScores(scores, watch), names: featureNames }
  if (states === undefined) throw new MissingStatesError('featuresOf', kind)
  const names = Array.from({ length: states.units }, (_, unit) => `unit ${unit}`)
  const read = await statesOf(scores, kind === 'mean' ? 'mean' : 'final', states, watch)
  if (kind === 'tanh') return { features: { ...read, data: read.data.map(Math.tanh) }, names }
  if (kind !== 'both') return { features: read, names }
  const descriptors = await describeScores(scores, { signal: watch.signal })
  return { features: joinColumns(read, descriptors), names: [...names, ...featureNames] }
}
