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
import { simplify } from './simplification.js'

/** Every pass by its name. */
export const passes = {
  commonSubexpressions: shareCommonSubexpressions,
  constantFolding: foldConstants,
  simplification: simplify,
  deadCode: removeDeadCode,
  gatherProducts,
  batchProducts,
  concatOfSplit: joinConcatOfSplit,
  gemm: fuseGemm,
  directOutputs: writeOutputsDirectly
} as const satisfies Readonly<Record<string, Pass>>

/** The name of a pass. */
export type PassName = keyof typeof passes

/** Runs the chosen passes; all of them by default. */
export function optimize(
  graph: Graph,
  chosen: readonly PassName[] = Object.keys(passes) as PassName[]
): Graph {
  return chosen.reduce((current, name) => passes[name](current), graph)
}
