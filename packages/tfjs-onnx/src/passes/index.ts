import type { Graph } from '../types.js'
import { shareCommonSubexpressions } from './common-subexpressions.js'
import { removeDeadCode } from './dead-code.js'
import type { Pass } from './rewrite.js'

/** Every pass by its name, in the order in which they run. */
export const passes = {
  commonSubexpressions: shareCommonSubexpressions,
  deadCode: removeDeadCode
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
