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
  /** What is the same operation on the same values is computed once. */
  commonSubexpressions: shareCommonSubexpressions,
  /** What depends on constants alone is worked out. */
  constantFolding: foldConstants,
  /** Operations that change nothing, or undo each other, go. */
  simplification: simplify,
  /** What no output needs goes. */
  deadCode: removeDeadCode,
  /** A sum of products `Σ_t x_tᵀ·dy_t` becomes one product over all time steps. */
  gatherProducts,
  /** Independent products with the same matrix become one. */
  batchProducts,
  /** What is split and joined again is left whole. */
  concatOfSplit: joinConcatOfSplit,
  /** What many products with few rows share is transposed once, which `gemm` makes use of. */
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
