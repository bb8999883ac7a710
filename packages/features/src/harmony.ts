import { lastAtOrBefore } from './clock.js'
import type { Metre } from './metre.js'
import type { Slice } from './slices.js'
import type { DescribedNote } from './types.js'

/** The kinds of triads that a half bar can have. */
export type TriadQuality = 'major' | 'minor' | 'diminished' | 'augmented'

interface Triad {
  readonly quality: TriadQuality
  /** Semitones above the root: root, third, fifth. */
  readonly intervals: readonly [number, number, number]
}

const triads: readonly Triad[] = [
  { quality: 'major', intervals: [0, 4, 7] },
  { quality: 'minor', intervals: [0, 3, 7] },
  { quality: 'diminished', intervals: [0, 3, 6] },
  { quality: 'augmented', intervals: [0, 4, 8] }
]

/** A stretch of a phrase that is heard as one harmony. */
interface Segment {
  readonly from: number
  readonly to: number
}

/**
 * The triad of every half bar in which a note begins; of a bar of up to three quarters the whole. It is the triad whose
 * pitch classes sound longest, the root's time doubled where the root is the lowest pitch. Its third must sound, and the
 * fifth of a diminished or augmented one, too. `undefined` where no triad fits, or triads of different kinds equally.
 *
 * @param notes by onset.
 */
export function fitTriads(
  notes: readonly DescribedNote[],
  slices: readonly Slice[],
  metre: Metre,
  ticksPerQuarter: number
): (TriadQuality | undefined)[] {
  return findSegments(notes, metre, ticksPerQuarter).map(segment => fitTriad(slices, segment))
}

function findSegments(notes: readonly DescribedNote[], metre: Metre, ticksPerQuarter: number): Segment[] {
  const segments: Segment[] = []
  for (const { startTick } of notes) {
    if (startTick < (segments.at(-1)?.to ?? 0)) continue
    const bar = metre.barAt(startTick)
    const ticks = (bar.quarters > 3 ? bar.quarters / 2 : bar.quarters) * ticksPerQuarter
    const from = bar.startTick + Math.floor((startTick - bar.startTick) / ticks) * ticks
    segments.push({ from, to: from + ticks })
  }
  return segments
}

function fitTriad(slices: readonly Slice[], { from, to }: Segment): TriadQuality | undefined {
  const lengths = new Array<number>(12).fill(0)
  let lowest = 127
  for (let index = lastAtOrBefore(slices, from); index < slices.length; index++) {
    const { tick, ticks, pitches } = slices[index]!
    if (tick >= to) break
    const shared = Math.min(tick + ticks, to) - Math.max(tick, from)
    if (shared <= 0) continue
    for (const pitch of pitches) {
      lengths[pitch % 12]! += shared
      lowest = Math.min(lowest, pitch)
    }
  }
  let best = 0
  let fitting = new Set<TriadQuality>()
  for (let root = 0; root < 12; root++) {
    for (const { quality, intervals } of triads) {
      const [first, third, fifth] = intervals.map(interval => lengths[(root + interval) % 12]!) as [
        number,
        number,
        number
      ]
      const altered = quality === 'diminished' || quality === 'augmented'
      if (third === 0 || (altered && (first === 0 || fifth === 0))) continue
      const score = first * (root === lowest % 12 ? 2 : 1) + third + fifth
      if (score < best) continue
      if (score > best) fitting = new Set()
      best = score
      fitting.add(quality)
    }
  }
  return fitting.size === 1 ? [...fitting][0] : undefined
}
