import type { TrackReader } from './track-reader.js'

/**
 * The readers of tracks that sound together, each at its next event, in the order of time; events at one tick come in
 * the order of tracks, then of events. A heap; the tracks stay where they are.
 */
export function* mergeTracks(readers: readonly TrackReader[]): Generator<TrackReader> {
  const heap = readers.filter(reader => reader.next())
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) siftDown(heap, at)
  while (heap.length > 0) {
    const reader = heap[0]!
    yield reader
    if (!reader.next()) {
      const last = heap.pop()!
      if (heap.length === 0) return
      heap[0] = last
    }
    siftDown(heap, 0)
  }
}

function siftDown(heap: TrackReader[], from: number): void {
  const reader = heap[from]!
  let at = from
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, reader)) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = reader
}

function isBefore(a: TrackReader, b: TrackReader): boolean {
  return a.tick < b.tick || (a.tick === b.tick && a.track < b.track)
}
