import { firstIndex } from '@vgm/base'
import type { NoteColumns } from './note-columns.js'

/** A time during which a pedal is down; `up` is the tick at which it no longer is. */
interface Span {
  readonly down: number
  readonly up: number
}

/** The sustain pedals of a piece's parts. */
export class Pedals {
  readonly #spans = new Map<number, Span[]>()
  readonly #downSince = new Map<number, number>()

  move(part: number, tick: number, isDown: boolean): void {
    if (!isDown) this.#lift(part, tick)
    else if (!this.#downSince.has(part)) this.#downSince.set(part, tick)
  }

  /** Lets go of what the pedal holds, though it stays down for what is released later. */
  silence(part: number, tick: number): void {
    if (this.#lift(part, tick)) this.#downSince.set(part, tick + 1)
  }

  /**
   * Lengthens every note that is released while its part's pedal is down, up to the pedal's release or the next onset of
   * its pitch. A pedal counts as down from its tick up to, not including, the tick of its release.
   *
   * @param from The first note that the pedals concern.
   * @param end Where a pedal that is never released is taken to be, in ticks.
   */
  extend(notes: NoteColumns, from: number, end: number): void {
    for (const part of [...this.#downSince.keys()]) this.#lift(part, end)
    const onsets = new Map<number, number[]>()
    for (let index = from; index < notes.length; index++) {
      if (!this.#spans.has(notes.partAt(index))) continue
      const list = onsets.get(notes.keyOf(index))
      if (list) list.push(notes.startTicks[index]!)
      else onsets.set(notes.keyOf(index), [notes.startTicks[index]!])
    }
    for (let index = from; index < notes.length; index++) {
      const spans = this.#spans.get(notes.partAt(index))
      if (!spans) continue
      const release = notes.endTicks[index]!
      const span = spans[firstIndex(spans.length, at => spans[at]!.up > release)]
      if (!span || span.down > release) continue
      const strikes = onsets.get(notes.keyOf(index))!
      const strike = strikes[firstIndex(strikes.length, at => strikes[at]! >= release)] ?? span.up
      notes.end(index, Math.min(span.up, strike))
    }
  }

  /** Whether the pedal was down. */
  #lift(part: number, tick: number): boolean {
    const down = this.#downSince.get(part)
    if (down === undefined) return false
    this.#downSince.delete(part)
    if (tick <= down) return true
    const spans = this.#spans.get(part)
    if (spans) spans.push({ down, up: tick })
    else this.#spans.set(part, [{ down, up: tick }])
    return true
  }
}
