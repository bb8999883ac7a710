import { firstIndex } from './first-index.js'
import type { Note } from './types.js'

/** A move of a channel's sustain pedal. */
export interface PedalEvent {
  readonly tick: number
  readonly channel: number
  readonly isDown: boolean
}

/**
 * Lengthens every note that is released while its channel's pedal is down, up to the pedal's release or the next onset
 * of its pitch. A pedal counts as down from its tick up to, not including, the tick of its release.
 *
 * @param notes In the order of their onsets.
 * @param pedals In the order of their ticks.
 * @param end Where a pedal that is never released is taken to be, in ticks.
 */
export function extendBySustain(notes: readonly Note[], pedals: readonly PedalEvent[], end: number): Note[] {
  const spans = pedalSpans(pedals, end)
  const onsets = new Map<number, number[]>()
  for (const note of notes) {
    const key = note.channel * 128 + note.pitch
    const list = onsets.get(key)
    if (list) list.push(note.startTick)
    else onsets.set(key, [note.startTick])
  }
  return notes.map(note => {
    const release = note.startTick + note.durationTicks
    const channelSpans = spans[note.channel]!
    const span = channelSpans[firstIndex(channelSpans.length, index => channelSpans[index]!.up > release)]
    if (!span || span.down > release) return note
    const strikes = onsets.get(note.channel * 128 + note.pitch)!
    const strike = strikes[firstIndex(strikes.length, index => strikes[index]! >= release)] ?? span.up
    return { ...note, durationTicks: Math.min(span.up, strike) - note.startTick }
  })
}

function pedalSpans(pedals: readonly PedalEvent[], end: number): { down: number; up: number }[][] {
  const spans: { down: number; up: number }[][] = Array.from({ length: 16 }, () => [])
  const downSince: (number | undefined)[] = Array.from({ length: 16 })
  for (const { channel, tick, isDown } of pedals) {
    const since = downSince[channel]
    if (isDown && since === undefined) downSince[channel] = tick
    if (!isDown && since !== undefined) {
      if (tick > since) spans[channel]!.push({ down: since, up: tick })
      downSince[channel] = undefined
    }
  }
  downSince.forEach((since, channel) => {
    if (since !== undefined && end > since) spans[channel]!.push({ down: since, up: end })
  })
  return spans
}
