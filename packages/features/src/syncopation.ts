import type { Bar, Metre } from './metre.js'

/**
 * The metrical weight of a sixteenth in its bar: 0 for the first, one less for every level below. The bar is divided
 * into its beats (four as two times two, six as two times three, …), a beat into halves.
 */
function weightInBar(bar: Bar, sixteenth: number): number {
  if (sixteenth === 0) return 0
  const levels = levelsOf(bar)
  let length = levels.reduce((product, level) => product * level, 1)
  for (const [depth, level] of levels.entries()) {
    length /= level
    if (sixteenth % length === 0) return -(depth + 1)
  }
  return -(levels.length + 1)
}

/** Into how many parts each level of a bar is divided, down to sixteenths (or the beat, where that is shorter). */
function levelsOf({ numerator, denominator }: Bar): number[] {
  const levels: number[] = []
  let beats = numerator
  for (const factor of [2, 3]) {
    while (beats % factor === 0) {
      levels.push(factor)
      beats /= factor
    }
  }
  if (beats > 1) levels.push(beats)
  for (let part = denominator; part < 16; part *= 2) levels.push(2)
  return levels
}

/**
 * How strong each syncopation is: an onset followed by silence or a held note on a metrically stronger position. Its
 * strength is the difference between the strongest position up to the next onset, that one left out, and its own; 0
 * where there is no stronger one. Onsets count at their nearest sixteenth.
 *
 * @param ticks of the onsets, ascending.
 * @returns one value per onset but the last.
 * @source Longuet-Higgins & Lee 1984
 */
export function syncopations(ticks: readonly number[], metre: Metre, ticksPerQuarter: number): number[] {
  const stepTicks = ticksPerQuarter / 4
  const positions = ticks.map(tick => {
    const bar = metre.barAt(tick)
    return { bar, step: Math.round((tick - bar.startTick) / stepTicks) }
  })
  return positions.slice(0, -1).map(({ bar, step }, index) => {
    const next = positions[index + 1]!
    const barSteps = Math.ceil(bar.quarters * 4)
    const own = step >= barSteps ? 0 : weightInBar(bar, step)
    const crossesBar = next.bar.index - bar.index > 1 || (next.bar.index > bar.index && next.step > 0)
    if (crossesBar && step < barSteps) return -own
    const end = next.bar.index > bar.index ? barSteps : Math.min(next.step, barSteps)
    let strongest = own
    for (let between = step + 1; between < end; between++) {
      strongest = Math.max(strongest, weightInBar(bar, between))
    }
    return strongest - own
  })
}
