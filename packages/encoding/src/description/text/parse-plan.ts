import { quoted } from '@vgm/base'
import { EncodingError } from '../../errors.js'
import { type BarPlan, type Plan, stepsOfBar } from '../plan.js'
import { readableFields } from './fields.js'

/** A line of text that is no bar of a plan. */
export class PlanTextError extends EncodingError {
  override readonly name = 'PlanTextError'

  constructor(
    /** Counted from 1, in the whole text. */
    readonly line: number,
    /** Counted from 1. */
    readonly bar: number,
    readonly expected: string,
    /** The rest of the line, from where it is wrong. */
    readonly text: string
  ) {
    super('PLAN_TEXT', `line ${line} (bar ${bar}) expected ${expected}, got ${quoted(text)}`, {
      caller: 'parsePlan'
    })
  }
}

/** The number of a bar, and its metre. */
const beginning = /^(?:\d+(?= |$) ?)?(?:([1-9]\d{0,4})\/(\d{1,5})(?= |$) ?)?/
const names = readableFields.map(({ name }) => name).join(', ')
const fields = readableFields.map(field => ({ field, pattern: new RegExp(`^${field.values}(?= |$) ?`) }))

/** What one line says after the bar's number and metre. */
function readFields(text: string, fail: (expected: string, rest: string) => never): Partial<BarPlan> {
  const seen = new Set<string>()
  let said: Partial<BarPlan> = {}
  for (let rest = text; rest !== ''; ) {
    const name = rest.split(' ', 1)[0]!
    const found = fields.find(({ field }) => field.name === name)
    if (found === undefined || seen.has(name)) fail(`one of ${names}, each at most once`, rest)
    seen.add(name)
    const { field, pattern } = found
    const matched = pattern.exec(rest.slice(name.length + 1))?.[0]
    const values = matched === undefined ? undefined : field.read(matched.trimEnd())
    if (matched === undefined || values === undefined) fail(field.expected, rest)
    said = { ...said, ...values }
    rest = rest.slice(name.length + 1 + matched.length)
  }
  return said
}

/**
 * Reads the text of a plan: a line per bar with its number, its metre and fields, as {@link formatPlan} writes it and
 * {@link planFields} describes it. Everything may be left out: a bar without metre has that of the bar before it (4/4 at first),
 * a field that is missing is left open. Bars count in the order of their lines, whatever their numbers say. Empty lines, and what
 * follows a `#` at the beginning of a word, are passed over.
 *
 * @throws {PlanTextError} naming the first line that is wrong, its bar and what was expected.
 */
export function parsePlan(text: string): Plan {
  const bars: BarPlan[] = []
  for (const [index, line] of text.split(/\r\n|[\r\n]/).entries()) {
    const words = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .replace(/\s+/g, ' ')
    if (words === '') continue
    const fail = (expected: string, rest: string): never => {
      throw new PlanTextError(index + 1, bars.length + 1, expected, rest)
    }
    const [matched, numerator, denominator] = beginning.exec(words)!
    const before = bars.at(-1) ?? { numerator: 4, denominator: 4 }
    const metre =
      numerator === undefined
        ? { numerator: before.numerator, denominator: before.denominator }
        : { numerator: Number(numerator), denominator: Number(denominator) }
    if (!Number.isInteger(Math.log2(metre.denominator)) || metre.denominator > 2 ** 15) {
      fail('a metre over a power of two, such as "6/8"', words)
    }
    const said = readFields(words.slice(matched.length), fail)
    if (said.returns && said.returns.bars > bars.length) {
      fail(`a return from at most ${bars.length} bars ago`, words)
    }
    bars.push({ ...metre, steps: stepsOfBar(metre), ...said })
  }
  return { bars }
}
