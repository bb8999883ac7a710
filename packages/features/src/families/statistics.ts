/** The arithmetic mean; `0` of nothing. */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return 0
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

/** The middle value, or the mean of the middle two; `null` of nothing. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length === 0 ? null : (sorted[Math.ceil(middle - 1)]! + sorted[Math.floor(middle)]!) / 2
}

/** The standard deviation of a whole population; `0` of nothing. */
export function standardDeviation(values: readonly number[]): number {
  const middle = mean(values)
  return Math.sqrt(mean(values.map(value => (value - middle) ** 2)))
}

/** The part of the items that pass; `0` of nothing. */
export function share<Item>(items: readonly Item[], passes: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(passes).length / items.length
}

/** Shannon's entropy, in bits, of how often (or how long) each of several things happens; `0` of nothing. */
export function entropy(weights: Iterable<number>): number {
  const positive = [...weights].filter(weight => weight > 0)
  const total = positive.reduce((sum, weight) => sum + weight, 0)
  let bits = 0
  for (const weight of positive) bits -= (weight / total) * Math.log2(weight / total)
  // A single thing gives −0.
  return Math.max(0, bits)
}

/** How often each value comes. */
export function countValues<Value>(values: Iterable<Value>): Map<Value, number> {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** The slope of the least-squares line through points; `0` where all have one x. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const middleX = mean(points.map(([x]) => x))
  const middleY = mean(points.map(([, y]) => y))
  let covariance = 0
  let variance = 0
  for (const [x, y] of points) {
    covariance += (x - middleX) * (y - middleY)
    variance += (x - middleX) ** 2
  }
  return variance === 0 ? 0 : covariance / variance
}

/** The differences between neighbours. */
export function steps(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - values[index]!)
}
