import { chunkLength, chunkType, findTrack, isChunkAt, isTrackAt } from './chunks.js'
import type { Defects } from './defects.js'
import type { MidiHeader } from './header.js'
import { TrackReader, type TrackSpan } from './track-reader.js'

/**
 * Finds the tracks of a file and reads each once, so that all that is wrong with them is reported in the order of the
 * file.
 *
 * @param visit Called at every event.
 */
export function readTracks(
  bytes: Uint8Array,
  header: MidiHeader,
  defects: Defects,
  visit: (event: TrackReader) => void
): TrackSpan[] {
  const tracks: TrackSpan[] = []
  let offset = header.end
  while (tracks.length < header.trackCount) {
    offset = skipToTrack(bytes, offset, defects)
    if (offset + 8 > bytes.length) {
      defects.report('MIDI_TRACK_COUNT', { offset: header.start + 10 }, () => [
        `expected ${header.trackCount} tracks, got ${tracks.length}`,
        'these are read'
      ])
      break
    }
    const span = {
      track: tracks.length,
      start: offset + 8,
      end: trackEnd(bytes, offset, tracks.length, defects)
    }
    const reader = new TrackReader(bytes, span, header.timing.tickScale, defects)
    while (reader.next()) visit(reader)
    tracks.push({ ...span, end: reader.offset })
    offset = nextChunk(bytes, span, reader, defects)
  }
  return tracks
}

/** Where the next track begins. Other chunks are passed over; what is no chunk is reported. */
function skipToTrack(bytes: Uint8Array, from: number, defects: Defects): number {
  let offset = from
  while (offset < bytes.length && !isTrackAt(bytes, offset)) {
    const end = offset + 8 + chunkLength(bytes, offset)
    if (isChunkAt(bytes, offset) && end <= bytes.length) offset = end
    else {
      const track = findTrack(bytes, offset)
      defects.report('MIDI_CHUNK', { offset }, () => [
        `expected a chunk, got ${JSON.stringify(chunkType(bytes, offset))}`,
        `${track - offset} bytes are skipped`
      ])
      offset = track
    }
  }
  return offset
}

/**
 * The byte after a track's last: where the track says, unless that is past the end of the file or in the midst of
 * events; then where the next track begins.
 */
function trackEnd(bytes: Uint8Array, chunk: number, track: number, defects: Defects): number {
  const start = chunk + 8
  const announced = start + chunkLength(bytes, chunk)
  if (announced === bytes.length || (announced < bytes.length && isChunkAt(bytes, announced)))
    return announced
  const found = findTrack(bytes, start)
  if (announced <= found && isWhole(bytes, { track, start, end: announced })) return announced
  defects.report('MIDI_TRACK_LENGTH', { offset: chunk, track }, () => [
    `expected a track of ${announced - start} bytes, got ${found - start}`,
    'read as far as it goes'
  ])
  return found
}

function isWhole(bytes: Uint8Array, span: TrackSpan): boolean {
  const reader = new TrackReader(bytes, span, 1)
  while (reader.next());
  return reader.isEnded
}

/** Where to go on after a track: behind its last byte, or at a track that begins right behind its last event. */
function nextChunk(bytes: Uint8Array, span: TrackSpan, reader: TrackReader, defects: Defects): number {
  if (!(reader.isEnded && reader.offset < span.end && isTrackAt(bytes, reader.offset))) return span.end
  const { track, start, end } = span
  defects.report('MIDI_TRACK_LENGTH', { offset: start - 8, track }, () => [
    `expected a track of ${end - start} bytes, got ${reader.offset - start}`,
    'read as far as it goes'
  ])
  return reader.offset
}
