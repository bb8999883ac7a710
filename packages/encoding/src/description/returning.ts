import type { Return } from './plan.js'

/** The furthest that a bar comes back from. */
const furthest = 64
const exactLikeness = 0.95
const variedLikeness = 0.5

/**
 * How like two bars are: the share of notes that they have in common among all of either.
 *
 * @param a Numbers that stand for a note and its place in the bar, ascending.
 */
export function likenessOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let common = 0
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    const difference = a[i]! - b[k]!
    if (difference === 0) common++
    if (difference <= 0) i++
    if (difference >= 0) k++
  }
  const all = a.length + b.length - common
  return all === 0 ? 0 : common / all
}

/** For each bar the nearest of the earlier bars that it is most like; `null` where it is like none. */
export function returnsOf(bars: readonly ArrayLike<number>[]): (Return | null)[] {
  return bars.map((bar, index) => {
    let best = 0
    let distance = 0
    for (let back = 1; back <= Math.min(furthest, index) && best < 1; back++) {
      const likeness = likenessOf(bar, bars[index - back]!)
      if (likeness > best) {
        best = likeness
        distance = back
      }
    }
    if (best < variedLikeness) return null
    return { bars: distance, how: best >= exactLikeness ? 'exact' : 'varied' }
  })
}
