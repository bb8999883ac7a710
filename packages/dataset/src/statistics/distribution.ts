/** A bar of a histogram. */
export interface Bin {
  readonly from: number
  /** Exclusive; the last bin holds its upper end, too. */
  readonly to: number
  readonly count: number
}

/** The distribution of numbers; all zero and without bins where there are none. */
export interface Distribution {
  readonly count: number
  readonly total: number
  readonly mean: number
  readonly min: number
  /** Of an even count the mean of the two in the middle. */
  readonly median: number
  readonly max: number
  /** At most 25, equally wide, at round numbers. */
  readonly bins: readonly Bin[]
}

const mostBins = 25

/** Describes numbers, which must be finite. */
export function describeNumbers(values: readonly number[]): Distribution {
  const count = values.length
  if (count === 0) return { count, total: 0, mean: 0, min: 0, median: 0, max: 0, bins: [] }
  const sorted = Float64Array.from(values).sort()
  const total = sorted.reduce((sum, value) => sum + value, 0)
  const middle = count >> 1
  const median = count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  const [min, max] = [sorted[0]!, sorted[count - 1]!]
  return { count, total, mean: total / count, min, median, max, bins: binsOf(sorted, min, max) }
}

function binsOf(values: Float64Array, min: number, max: number): Bin[] {
  const width = roundWidth((max - min) / (mostBins - 2))
  const first = Math.floor(min / width)
  const last = Math.max(first, Math.ceil(max / width) - 1)
  const counts = new Uint32Array(last - first + 1)
  for (const value of values) counts[Math.min(Math.floor(value / width), last) - first]!++
  return Array.from(counts, (count, index) => ({
    from: (first + index) * width,
    to: (first + index + 1) * width,
    count
  }))
}

/** The next of 1, 2, 5, 10, 20, 50 …; never less than 1, as no measure of a data set needs finer bins. */
function roundWidth(width: number): number {
  let power = 1
  while (power * 10 < width) power *= 10
  return [power, 2 * power, 5 * power].find(round => round >= width) ?? 10 * power
}
