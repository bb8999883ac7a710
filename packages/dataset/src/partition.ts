import { createRandom, permutation } from '@vgm/base'
import { indexOfLeast } from './index-of-least.js'

/** The items that must stay together. */
interface Group {
  /** Their places among all items, ascending. */
  readonly indices: number[]
  /** How many of its items have each label. */
  readonly labels: Map<string, number>
}

/** What {@link partition} goes by. */
export interface PartitionOptions<T> {
  /** Each part's share of the items, summing to 1. */
  readonly shares: readonly number[]
  readonly seed: number
  readonly groupOf: (item: T, index: number) => unknown
  readonly labelOf: (item: T) => unknown
}

/** So light that a part's size decides only between parts that are equally short of the labels at hand. */
const sizeWeight = 1e-6

/**
 * Deals items into parts, groups whole, so that every part has its share of every label as nearly as groups allow: the
 * groups come by size, the largest first and equal ones in random order, and each goes where it brings the counts of
 * its labels closest to what the shares ask for (least squares, each label in units of its total).
 *
 * @returns One list of items per share, in the order of `items`; a part is empty only if there are fewer groups than parts.
 */
export function partition<T>(items: readonly T[], options: PartitionOptions<T>): T[][] {
  const { shares, seed } = options
  const groups = groupsOf(items, options)
  const totals = countLabels(groups)
  const parts = shares.map(() => ({ groups: [] as Group[], size: 0, counts: new Map<string, number>() }))

  const misfit = (part: number, group: Group) => {
    const { size, counts } = parts[part]!
    const share = shares[part]!
    let change = sizeWeight * growth(size, group.indices.length, share * items.length, items.length)
    for (const [label, count] of group.labels) {
      const total = totals.get(label)!
      change += growth(counts.get(label) ?? 0, count, share * total, total)
    }
    return change
  }

  for (const group of inDealingOrder(groups, seed)) {
    const misfits = shares.map((_, part) => misfit(part, group))
    const best = parts[indexOfLeast(misfits)]!
    best.groups.push(group)
    best.size += group.indices.length
    for (const [label, count] of group.labels) best.counts.set(label, (best.counts.get(label) ?? 0) + count)
  }
  const dealt = parts.map(part => part.groups)
  fillEmpty(dealt)
  return dealt.map(part =>
    part
      .flatMap(group => group.indices)
      .sort((a, b) => a - b)
      .map(index => items[index]!)
  )
}

/** How many groups `items` fall into. */
export function countGroups<T>(items: readonly T[], groupOf: PartitionOptions<T>['groupOf']): number {
  return new Set(items.map(groupOf)).size
}

/** By how much the square of a count's relative distance from its target grows when `added` join. */
function growth(count: number, added: number, target: number, total: number): number {
  return ((count + added - target) ** 2 - (count - target) ** 2) / total ** 2
}

function groupsOf<T>(items: readonly T[], { groupOf, labelOf }: PartitionOptions<T>): Group[] {
  const groups = new Map<unknown, Group>()
  items.forEach((item, index) => {
    const key = groupOf(item, index)
    const group: Group = groups.get(key) ?? { indices: [], labels: new Map() }
    groups.set(key, group)
    group.indices.push(index)
    const label = String(labelOf(item))
    group.labels.set(label, (group.labels.get(label) ?? 0) + 1)
  })
  return [...groups.values()]
}

function countLabels(groups: readonly Group[]): Map<string, number> {
  const totals = new Map<string, number>()
  for (const { labels } of groups) {
    for (const [label, count] of labels) totals.set(label, (totals.get(label) ?? 0) + count)
  }
  return totals
}

function inDealingOrder(groups: readonly Group[], seed: number): Group[] {
  const order = permutation(groups.length, createRandom(seed))
  return Array.from(order, index => groups[index]!).sort((a, b) => b.indices.length - a.indices.length)
}

/** Shares so small that no group fits get the smallest group of the part that has the most. */
function fillEmpty(parts: readonly Group[][]): void {
  for (const part of parts) {
    if (part.length > 0) continue
    const richest = parts.reduce((most, other) => (other.length > most.length ? other : most))
    if (richest.length > 1) part.push(richest.pop()!)
  }
}
