import type { Score } from '@vgm/encoding'
import { densityClass, describe, type Plan } from '@vgm/encoding/description'

/** How well a piece follows a plan: shares of the bars, or of the chords, for which the plan says something. */
export interface Followed {
  /** Bars of the planned class of density. */
  readonly density: number
  /** Bars whose mean pitch is within two semitones of the plan's. */
  readonly register: number
  /** Half bars of the planned chord. */
  readonly chords: number
  /** Bars that come back, or are new, as planned. */
  readonly returns: number
}

const near = 2

/** The share of the pairs that agree; 1 where there are none. */
function share(agreements: readonly boolean[]): number {
  return agreements.length === 0 ? 1 : agreements.filter(Boolean).length / agreements.length
}

/**
 * How well a piece follows a plan. Bars that the plan lets come back note for note are left out but for `returns`: they are as the
 * bars that they come from.
 *
 * @param score In the plan's key, its bars those of the plan.
 */
export function followed(plan: Plan, score: Score): Followed {
  const made = describe(score).bars
  const pairs = plan.bars.map((planned, index) => ({ planned, made: made[index] }))
  const composed = pairs.filter(({ planned }) => planned.returns?.how !== 'exact')
  return {
    density: share(
      composed
        .filter(({ planned }) => planned.notes !== undefined)
        .map(({ planned, made }) => densityClass(made?.notes ?? 0) === densityClass(planned.notes!))
    ),
    register: share(
      composed
        .filter(({ planned }) => planned.pitch !== undefined)
        .map(({ planned, made }) => Math.abs((made?.pitch ?? -9) - planned.pitch!) <= near)
    ),
    chords: share(
      composed.flatMap(({ planned, made }) =>
        (planned.chords ?? []).flatMap((chord, half) =>
          chord === null ? [] : [made?.chords?.[half] === chord]
        )
      )
    ),
    returns: share(pairs.map(({ planned, made }) => Boolean(planned.returns) === Boolean(made?.returns)))
  }
}
