import type { Plan } from '../plan.js'
import { readableFields } from './fields.js'

const legend =
  '# bar  metre  notes that begin, their mean velocity, pitch and length in quarters, a chord per half bar …\n'

/**
 * A plan as text that people read and edit: a line per bar with its number, its metre and what is said of it, below a line of
 * explanation. {@link parsePlan} reads it.
 */
export function formatPlan({ bars }: Plan): string {
  const width = String(bars.length).length
  const lines = bars.map((bar, index) => {
    const fields = readableFields.flatMap(({ name, write }) => {
      const values = write(bar)
      return values === undefined ? [] : [`${name} ${values}`]
    })
    const number = String(index + 1).padStart(width)
    return `${[number, `${bar.numerator}/${bar.denominator}`, ...fields].join('  ')}\n`
  })
  return legend + lines.join('')
}
