import { firstIndex } from '@vgm/base'
import type { Metre } from '@vgm/encoding'
import type { DescribedNote } from '../types.js'
import type { Slice } from './slices.js'

/** The kinds of triads that a half bar can have. */
export type TriadQuality = 'major' | 'minor' | 'diminished' | 'augmented'

const triads: readonly { readonly quality: TriadQuality; readonly third: number; readonly fifth: number }[] =
  [
    { quality: 'major', third: 4, fifth: 7 },
    { quality: 'minor', third: 3, fifth: 7 },
    { quality: 'diminished', third: 3, fifth: 6 },
    { quality: 'augmented', third: 4, fifth: 8 }
  ]

/**
 * The triad of every half bar in which a note begins; of a bar of up to three quarters the whole. See {@link fitTriad}.
 *
 * @param notes by onset.
 */
export function findHarmonies(
  notes: readonly DescribedNote[],
  slices: readonly Slice[],
  metre: Metre,
  ticksPerQuarter: number
): (TriadQuality | undefined)[] {
  const harmonies: (TriadQuality | undefined)[] = []
  let end = 0
  for (const { startTick } of notes) {
    if (startTick < end) continue
    const bar = metre.barAt(startTick)
    const ticks = (bar.quarters > 3 ? bar.quarters / 2 : bar.quarters) * ticksPerQuarter
    const start = bar.startTick + Math.floor((startTick - bar.startTick) / ticks) * ticks
    end = start + ticks
    const { lengths, lowest } = soundBetween(slices, start, end)
    harmonies.push(fitTriad(lengths, lowest))
  }
  return harmonies
}

/** How long each pitch class sounds, in ticks (in two octaves at once it counts twice), and the lowest pitch. */
function soundBetween(
  slices: readonly Slice[],
  start: number,
  end: number
): { lengths: number[]; lowest: number } {
  const lengths = new Array<number>(12).fill(0)
  let lowest = 127
  const first = firstIndex(slices.length, index => slices[index]!.tick > start) - 1
  for (let index = Math.max(0, first); index < slices.length; index++) {
    const { tick, ticks, pitches } = slices[index]!
    if (tick >= end) break
    const shared = Math.min(tick + ticks, end) - Math.max(tick, start)
    if (shared <= 0) continue
    for (const pitch of pitches) {
      lengths[pitch % 12]! += shared
      lowest = Math.min(lowest, pitch)
    }
  }
  return { lengths, lowest }
}

/**
 * The kind of the triad whose pitch classes sound longest, the root's time doubled where the root is the lowest pitch.
 * Its third must sound, and of a diminished or augmented one all three. `undefined` where no triad fits, or triads of
 * different kinds equally well.
 */
function fitTriad(lengths: readonly number[], lowest: number): TriadQuality | undefined {
  let best = 0
  let fitting = new Set<TriadQuality>()
  for (let root = 0; root < 12; root++) {
    for (const { quality, third, fifth } of triads) {
      const [rootTicks, thirdTicks, fifthTicks] = [0, third, fifth].map(up => lengths[(root + up) % 12]!) as [
        number,
        number,
        number
      ]
      const isAltered = quality === 'diminished' || quality === 'augmented'
      if (thirdTicks === 0 || (isAltered && (rootTicks === 0 || fifthTicks === 0))) continue
      const score = rootTicks * (root === lowest % 12 ? 2 : 1) + thirdTicks + fifthTicks
      if (score < best) continue
      if (score > best) fitting = new Set()
      best = score
      fitting.add(quality)
    }
  }
  return fitting.size === 1 ? [...fitting][0] : undefined
}
