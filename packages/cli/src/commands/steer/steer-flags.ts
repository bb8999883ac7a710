import type { SearchMethod } from '@vgm/composer'
import { searchDefaults } from '@vgm/composer/defaults'
import type { Steering } from '@vgm/mlstm'
import type { EngineChoice, Precision } from '../../inputs/open-engine.js'
import { UsageError } from '../../terminal/errors.js'

/** The options of `vgm steer`. */
export interface SteerFlags {
  readonly target: { readonly name: string; readonly probability: number }
  readonly out?: string
  readonly probe: string
  readonly method: SearchMethod['name']
  readonly neurons?: string
  readonly music?: string
  readonly penalty: number
  readonly steps?: number
  readonly pieces?: number
  readonly words: number
  readonly learningRate?: number
  readonly population?: number
  readonly mode?: Steering['mode']
  readonly range?: number
  readonly seed?: number
  readonly resume?: boolean
  readonly engine: EngineChoice
  readonly precision: Precision
  readonly json?: boolean
}

/**
 * How to search, with all defaults.
 *
 * @throws {UsageError} for an option of the other method.
 */
export function methodOf({ method, population, mode, range, learningRate }: SteerFlags): SearchMethod {
  const foreign = method === 'genetic' ? { 'learning-rate': learningRate } : { population, mode, range }
  const [given] = Object.entries(foreign).find(([, value]) => value !== undefined) ?? []
  if (given !== undefined) {
    throw new UsageError(`--${given} is for --method ${method === 'genetic' ? 'gradient' : 'genetic'}`)
  }
  const { gradient, genetic } = searchDefaults
  if (method === 'gradient') return { name: method, learningRate: learningRate ?? gradient.learningRate }
  return {
    name: method,
    population: population ?? genetic.population,
    mode: mode ?? genetic.mode,
    range: range ?? genetic.range
  }
}
