interface Queue {
  first: number
  last: number
}

const keysPerTrack = 128

/** Notes that sound, as queues of a track, part and pitch each: a note-off ends the oldest. */
export class OpenNotes {
  readonly #parts = new Map<number, Map<number, Queue>>()
  /** The note behind each in its queue. */
  readonly #next: Int32Array

  /** @param capacity The number of notes. */
  constructor(capacity: number) {
    this.#next = new Int32Array(capacity).fill(-1)
  }

  add(index: number, track: number, part: number, pitch: number): void {
    const queues = this.#parts.get(part) ?? new Map<number, Queue>()
    this.#parts.set(part, queues)
    const key = track * keysPerTrack + pitch
    const queue = queues.get(key)
    if (queue) {
      this.#next[queue.last] = index
      queue.last = index
    } else queues.set(key, { first: index, last: index })
  }

  /** The note that a note-off ends, −1 if there is none. */
  take(track: number, part: number, pitch: number): number {
    const queues = this.#parts.get(part)
    const key = track * keysPerTrack + pitch
    const queue = queues?.get(key)
    if (!queues || !queue) return -1
    const index = queue.first
    if (index === queue.last) queues.delete(key)
    else queue.first = this.#next[index]!
    return index
  }

  /** Ends every note of a part, in whichever track: calls `end` with each. */
  endPart(part: number, end: (index: number, track: number) => void): void {
    for (const [key, { first }] of this.#parts.get(part) ?? []) {
      const track = Math.floor(key / keysPerTrack)
      for (let index = first; index >= 0; index = this.#next[index]!) end(index, track)
    }
    this.#parts.delete(part)
  }

  /** Ends every note: calls `end` with each. */
  endAll(end: (index: number, track: number) => void): void {
    for (const part of [...this.#parts.keys()]) this.endPart(part, end)
  }
}
