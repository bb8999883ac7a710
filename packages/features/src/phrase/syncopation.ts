import type { Bar, Metre } from '@vgm/encoding'

/**
 * How strong each syncopation is: of an onset that is followed, before the next one, by a metrically stronger position
 * on which nothing begins, the difference between the strongest such position and its own; of any other onset 0. Onsets
 * count at their nearest sixteenth, or beat where beats are shorter.
 *
 * @param ticks of the onsets, ascending.
 * @returns one value per onset but the last, in metrical levels.
 * @source Longuet-Higgins & Lee 1984
 */
export function syncopations(ticks: readonly number[], metre: Metre, ticksPerQuarter: number): number[] {
  const places = ticks.map(tick => {
    const bar = metre.barAt(tick)
    const grid = gridOf(bar)
    return { bar, grid, step: Math.round(((tick - bar.startTick) * grid.stepsPerQuarter) / ticksPerQuarter) }
  })
  return places.slice(0, -1).map(({ bar, grid, step }, index) => {
    const next = places[index + 1]!
    // What is nearest to the next bar line stands on it, and nothing is stronger.
    if (step >= grid.steps) return 0
    const own = weightAt(grid, step)
    const barsOn = next.bar.index - bar.index
    if (barsOn > 1 || (barsOn === 1 && next.step > 0)) return 0 - own
    const end = barsOn === 1 ? grid.steps : Math.min(next.step, grid.steps)
    let strongest = own
    for (let between = step + 1; between < end; between++) {
      strongest = Math.max(strongest, weightAt(grid, between))
    }
    return strongest - own
  })
}

/** The positions of a bar on which onsets are placed. */
interface Grid {
  readonly stepsPerQuarter: number
  /** In the whole bar. */
  readonly steps: number
  /** Into how many parts each metrical level is divided, from the bar down to one step. */
  readonly divisions: readonly number[]
}

/** A bar is divided into its beats (four as two times two, six as two times three, …), a beat into halves. */
function gridOf({ numerator, denominator }: Bar): Grid {
  const divisions: number[] = []
  let beats = numerator
  for (const factor of [2, 3]) {
    for (; beats % factor === 0; beats /= factor) divisions.push(factor)
  }
  if (beats > 1) divisions.push(beats)
  for (let part = denominator; part < 16; part *= 2) divisions.push(2)
  return {
    stepsPerQuarter: Math.max(16, denominator) / 4,
    steps: divisions.reduce((product, division) => product * division, 1),
    divisions
  }
}

/** The metrical weight of a position: 0 for the first of the bar, one less for every level below. */
function weightAt({ steps, divisions }: Grid, step: number): number {
  if (step === 0) return 0
  let length = steps
  let weight = 0
  for (const division of divisions) {
    length /= division
    weight--
    if (step % length === 0) break
  }
  return weight
}
