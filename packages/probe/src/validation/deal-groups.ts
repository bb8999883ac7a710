import { type Random, shuffle } from '@vgm/base'

/** Options of {@link dealGroups}. */
export interface DealOptions {
  /** Each part's share of the items, summing to 1. */
  readonly shares: readonly number[]
  /** Items of one group stay together, one value per item; without it every item stands alone. */
  readonly groups?: ArrayLike<unknown> | undefined
  /**
   * `size` deals the largest groups first, which comes closest to the shares. `magnitude` compares sizes by their powers of
   * two and leaves the rest to chance, so that repeated deals differ even where groups have many sizes (default: `size`).
   */
  readonly order?: 'size' | 'magnitude'
  /** Decides between groups that are alike. */
  readonly random: Pick<Random, 'below'>
}

/**
 * Deals items into parts, groups whole, so that every part has its share of every label as nearly as groups allow. Groups
 * come by size, and each goes where it brings the counts of its labels closest to what the shares ask for (least squares,
 * each label in units of its total); of parts that are equally short of its labels, to the one that is shortest of items.
 *
 * @param labels `[N]`. Items with equal labels are alike.
 * @returns The part of each item, `[N]`, 0 … parts − 1. A part is empty only if there are fewer groups than parts.
 */
export function dealGroups(labels: ArrayLike<unknown>, options: DealOptions): Int32Array {
  const { shares, groups, order = 'size', random } = options
  const members = membersOf(labels.length, groups)
  const rank = order === 'size' ? (size: number) => size : (size: number) => Math.floor(Math.log2(size))
  const dealing = shuffle(members, random).sort((a, b) => rank(b.length) - rank(a.length))
  const totals = countLabels(members.flat(), labels)
  // Shares are taken relative to the first: equal ones are then exactly 0, and rounding decides no tie.
  const parts = shares.map(share => ({
    share: share - shares[0]!,
    groups: [] as (readonly number[])[],
    size: 0,
    counts: new Map<unknown, number>()
  }))

  for (const group of dealing) {
    const added = countLabels(group, labels)
    const misfits = parts.map(({ share, counts }) => {
      let misfit = 0
      for (const [label, count] of added) {
        const total = totals.get(label)!
        misfit += (count * ((counts.get(label) ?? 0) - share * total)) / total ** 2
      }
      return misfit
    })
    const surplus = parts.map(({ share, size }) => size - share * labels.length)
    let best = 0
    for (let part = 1; part < parts.length; part++) {
      const difference = misfits[part]! - misfits[best]!
      if (difference < 0 || (difference === 0 && surplus[part]! < surplus[best]!)) best = part
    }
    const { groups: dealt, counts } = parts[best]!
    dealt.push(group)
    parts[best]!.size += group.length
    for (const [label, count] of added) counts.set(label, (counts.get(label) ?? 0) + count)
  }
  fillEmpty(parts.map(part => part.groups))

  const partOf = new Int32Array(labels.length)
  parts.forEach((part, index) => {
    for (const at of part.groups.flat()) partOf[at] = index
  })
  return partOf
}

/** The items of each group, by their places. */
export function membersOf(count: number, groups: ArrayLike<unknown> | undefined): number[][] {
  if (groups === undefined) return Array.from({ length: count }, (_, at) => [at])
  const members = new Map<unknown, number[]>()
  for (let at = 0; at < count; at++) {
    const known = members.get(groups[at])
    if (known === undefined) members.set(groups[at], [at])
    else known.push(at)
  }
  return [...members.values()]
}

function countLabels(items: readonly number[], labels: ArrayLike<unknown>): Map<unknown, number> {
  const counts = new Map<unknown, number>()
  for (const at of items) counts.set(labels[at], (counts.get(labels[at]) ?? 0) + 1)
  return counts
}

/** Parts whose share is too small for any group get the smallest group of the part that has the most. */
function fillEmpty(parts: readonly (readonly number[])[][]): void {
  for (const part of parts) {
    if (part.length > 0) continue
    const richest = parts.reduce((most, other) => (other.length > most.length ? other : most))
    if (richest.length > 1) part.push(richest.pop()!)
  }
}
