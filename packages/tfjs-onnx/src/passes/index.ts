import type { Graph } from '../types.js'
import { batchProducts } from './batch-products.js'
import { shareCommonSubexpressions } from './common-subexpressions.js'
import { joinConcatOfSplit } from './concat-of-split.js'
import { foldConstants } from './constant-folding.js'
import { removeDeadCode } from './dead-code.js'
import { writeOutputsDirectly } from './direct-outputs.js'
import { gatherProducts } from './gather-products.js'
import { fuseGemm } from './gemm.js'
import type { Pass } from './rewrite.js'
import { shareTransposes } from './shared-transposes.js'
import { simplify } from './simplification.js'

/** Every pass by its name. */
export const passes = {
  /** Computes equal operations on equal values once. */
  commonSubexpressions: shareCommonSubexpressions,
  /** Computes what depends on constants alone. */
  constantFolding: foldConstants,
  /** Operations that change nothing, or undo each other, go. */
  simplification: simplify,
  /** Removes what no output needs. */
  deadCode: removeDeadCode,
  /** A sum of products `Σ_t x_tᵀ·dy_t` becomes one product over all time steps. */
  gatherProducts,
  /** Independent products with the same matrix become one. */
  batchProducts,
  /** Removes splits whose parts are joined again. */
  concatOfSplit: joinConcatOfSplit,
  /** Transposes once what many products with few rows share, for `gemm`. */
  sharedTransposes: shareTransposes,
  /** Products take up their transpositions, and the sum with a bias. */
  gemm: fuseGemm,
  /** Nodes write outputs themselves, without a copy. */
  directOutputs: writeOutputsDirectly
} as const satisfies Readonly<Record<string, Pass>>

/** The name of a pass. */
export type PassName = keyof typeof passes

/** The passes that run unless others are chosen, in this order: the last ones clear away what the others leave. */
export const defaultPasses: readonly PassName[] = [
  'commonSubexpressions',
  'constantFolding',
  'simplification',
  'deadCode',
  'gatherProducts',
  'batchProducts',
  'concatOfSplit',
  'sharedTransposes',
  'gemm',
  'commonSubexpressions',
  'deadCode',
  'directOutputs'
]

/** Runs the chosen passes in the order in which they are given; {@link defaultPasses} by default. */
export function optimize(graph: Graph, chosen: readonly PassName[] = defaultPasses): Graph {
  return chosen.reduce((current, name) => passes[name](current), graph)
}
