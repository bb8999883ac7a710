import { type MidiEvent, writeMidi } from 'midi-file'
import { largestDelta } from './standard.js'

type WithoutTime<T> = T extends unknown ? Omit<T, 'deltaTime'> : never

/** An event of midi-file at a tick of its track, instead of a time after the event before it. */
export interface TimedEvent {
  readonly tick: number
  readonly event: WithoutTime<MidiEvent>
}

/** The latest tick that is written: times beyond {@link largestDelta} take an event of no meaning each. */
export const largestWrittenTick = 2 ** 32 - 1

/** Events that midi-file gets at once. It copies all its bytes for every delta time above 127. */
const blockLength = 64
const headerLength = 14
const chunkHeaderLength = 8

/**
 * The bytes of a file of format 1. midi-file writes the header and the events, but takes time that grows with the square
 * of their number; so it gets them in blocks, and the blocks, the lengths of the chunks and the number of tracks are put
 * together here.
 *
 * @param tracks At most 65,535, the events of each in time and without its end of track.
 */
export function writeTracks(tracks: readonly (readonly TimedEvent[])[], ticksPerQuarter: number): Uint8Array {
  const writeBlock = (events?: MidiEvent[]): number[] => {
    const header = { format: 1, numTracks: 1, ticksPerBeat: ticksPerQuarter } as const
    return writeMidi({ header, tracks: events ? [events] : [] })
  }
  const header = Uint8Array.from(writeBlock())
  new DataView(header.buffer).setUint16(headerLength - 4, tracks.length)
  const parts: ArrayLike<number>[] = [header]
  for (const track of tracks) {
    const events = withDeltaTimes(track)
    const blocks: number[][] = []
    for (let at = 0; at < events.length; at += blockLength) {
      blocks.push(writeBlock(events.slice(at, at + blockLength)).slice(headerLength))
    }
    const chunkHeader = Uint8Array.from(blocks[0]!.slice(0, chunkHeaderLength))
    const body = join(blocks.map(block => block.slice(chunkHeaderLength)))
    new DataView(chunkHeader.buffer).setUint32(chunkHeaderLength - 4, body.length)
    parts.push(chunkHeader, body)
  }
  return join(parts)
}

function withDeltaTimes(track: readonly TimedEvent[]): MidiEvent[] {
  let previous = 0
  const events: MidiEvent[] = []
  for (const { tick, event } of track) {
    for (; tick - previous > largestDelta; previous += largestDelta) {
      events.push({ deltaTime: largestDelta, type: 'text', text: '' })
    }
    events.push({ ...event, deltaTime: tick - previous })
    previous = tick
  }
  events.push({ deltaTime: 0, type: 'endOfTrack' })
  return events
}

function join(parts: readonly ArrayLike<number>[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
