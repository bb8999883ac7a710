import fc from 'fast-check'
import { type BarPlan, chordNames, type Plan } from '../src/description/index.js'

/** A bar of 4/4, or of the metre given, of which nothing is said but what a test says. */
export function bar({ numerator = 4, denominator = 4, ...fields }: Partial<BarPlan> = {}): BarPlan {
  const steps = Math.max(1, Math.round((16 * numerator) / denominator))
  return { numerator, denominator, steps, ...fields }
}

const mean = (most: number) =>
  fc.oneof(
    fc.nat(most * 100).map(value => value / 100),
    fc.double({ min: 0, max: most, noNaN: true })
  )
const chord = fc.constantFrom(null, ...chordNames)

const bars: fc.Arbitrary<BarPlan> = fc
  .record(
    {
      numerator: fc.integer({ min: 1, max: 24 }),
      denominator: fc.nat(5).map(power => 2 ** power),
      steps: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 99 })),
      notes: fc.nat(200),
      velocity: mean(127),
      pitch: mean(127),
      duration: mean(32),
      chords: fc.tuple(chord, chord),
      programs: fc.uniqueArray(fc.nat(127), { maxLength: 4 }).map(list => list.sort((a, b) => a - b)),
      returns: fc.constantFrom(null, { bars: 1, how: 'exact' as const }, { bars: 3, how: 'varied' as const })
    },
    { requiredKeys: ['numerator', 'denominator', 'steps'], noNullPrototype: true }
  )
  .map(({ steps, ...rest }) => ({ ...bar(rest), ...(steps > 0 && { steps }) }))

/** Any plan whose bars come back from within it. */
export const plans: fc.Arbitrary<Plan> = fc.array(bars, { maxLength: 12 }).map(list => ({
  bars: list.map(({ returns, ...rest }, index) => {
    if (returns === undefined) return rest
    return { ...rest, returns: returns && returns.bars <= index ? returns : null }
  })
}))
