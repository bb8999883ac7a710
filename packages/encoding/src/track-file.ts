import { writeMidi } from 'midi-file'

const nothing = new Uint8Array()

/** A block of data that a track cannot hold. `at` counts bytes from the track's first event. */
export class BlockError {
  constructor(
    readonly at: number,
    readonly length: number,
    readonly available: number
  ) {}
}

/**
 * The events of a track. midi-file takes the data of texts and the like by `slice` and then moves on by their length,
 * whatever it is: one past the end would be cut in silence, a negative one (a number that overflowed) would make it
 * read the same events for ever. No such data matters to a score, so none is handed out.
 */
class GuardedEvents extends Uint8Array {
  override slice(start = 0, end = this.length): Uint8Array<ArrayBuffer> {
    const available = Math.max(this.length - start, 0)
    if (!(end >= start && end - start <= available)) throw new BlockError(start, end - start, available)
    return nothing
  }
}

/** A file whose chunks come out guarded. */
class TrackFile extends Uint8Array {
  override slice(start = 0, end = this.length): Uint8Array<ArrayBuffer> {
    return new GuardedEvents(this.buffer as ArrayBuffer, this.byteOffset + start, end - start)
  }
}

/** The events of one track as a file that midi-file can be trusted with. */
export function trackFile(events: Uint8Array): Uint8Array {
  const header = { format: 0, numTracks: 1, ticksPerBeat: 1 } as const
  const empty = writeMidi({ header, tracks: [[]] })
  const file = new TrackFile(empty.length + events.length)
  file.set(empty)
  file.set(events, empty.length)
  new DataView(file.buffer).setUint32(empty.length - 4, events.length)
  return file
}
