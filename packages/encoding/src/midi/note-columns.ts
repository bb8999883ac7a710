import type { Note } from '../score/types.js'

/** The channel of a note and the port that it goes to, in one number. */
export function partOf(port: number, channel: number): number {
  return port * 16 + channel
}

/** 128 ports of 16 channels. */
export const partCount = 128 * 16

/** Notes in the order of their onsets, packed: 20 bytes each instead of some 70. */
export class NoteColumns {
  readonly startTicks: Float64Array
  readonly endTicks: Float64Array
  length = 0
  private readonly rest: Uint32Array

  constructor(capacity: number) {
    this.startTicks = new Float64Array(capacity)
    this.endTicks = new Float64Array(capacity)
    this.rest = new Uint32Array(capacity)
  }

  /** Adds a note whose end is not known yet. Returns its index. */
  add(startTick: number, part: number, pitch: number, velocity: number, program: number): number {
    const index = this.length++
    this.startTicks[index] = startTick
    this.rest[index] = (part * 0x80 + pitch) * 0x4000 + velocity * 0x80 + program
    return index
  }

  /** A note of no length gets one tick. */
  end(index: number, tick: number): void {
    this.endTicks[index] = Math.max(tick, this.startTicks[index]! + 1)
  }

  /** Part and pitch in one number. */
  keyOf(index: number): number {
    return this.rest[index]! >>> 14
  }

  partAt(index: number): number {
    return this.rest[index]! >>> 21
  }

  toNotes(): Note[] {
    const notes = new Array<Note>(this.length)
    for (let index = 0; index < this.length; index++) {
      const rest = this.rest[index]!
      const startTick = this.startTicks[index]!
      notes[index] = {
        pitch: (rest >>> 14) & 0x7f,
        velocity: (rest >>> 7) & 0x7f,
        startTick: compact(startTick),
        durationTicks: compact(this.endTicks[index]! - startTick),
        channel: (rest >>> 21) & 0x0f,
        program: rest & 0x7f
      }
    }
    return notes
  }
}

/** The same number; as an integer of 32 bits where it is one, which takes 16 bytes less in an object. */
function compact(value: number): number {
  const integer = value | 0
  return integer === value ? integer : value
}
