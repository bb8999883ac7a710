/** A big-endian number of 16 bits. */
export function uint16(bytes: Uint8Array, offset: number): number {
  return bytes[offset]! * 0x100 + bytes[offset + 1]!
}

/** The four letters that name the chunk at an offset; fewer where the file ends. */
export function chunkType(bytes: Uint8Array, offset: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + 4))
}

/** The length that a chunk announces, without its name and this length. */
export function chunkLength(bytes: Uint8Array, offset: number): number {
  return uint16(bytes, offset + 4) * 0x10000 + uint16(bytes, offset + 6)
}

/** Whether a track begins at an offset. */
export function isTrackAt(bytes: Uint8Array, offset: number): boolean {
  return (
    bytes[offset] === 0x4d &&
    bytes[offset + 1] === 0x54 &&
    bytes[offset + 2] === 0x72 &&
    bytes[offset + 3] === 0x6b
  )
}

/** Whether four printable characters, as the name of a chunk, stand at an offset. */
export function isChunkAt(bytes: Uint8Array, offset: number): boolean {
  return /^[ -~]{4}$/.test(chunkType(bytes, offset))
}

/** Where the next track begins, from an offset on; the end of the file if there is none. */
export function findTrack(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x4d, from); at >= 0; at = bytes.indexOf(0x4d, at + 1)) {
    if (isTrackAt(bytes, at)) return at
  }
  return bytes.length
}
