import { DamagedShardError } from './errors.js'

/*
 * A shard, the ids of many pieces in one file:
 *
 *   bytes           content
 *   0 … 8           "VGMSHARD"
 *   8 … 12          version of the format, 1
 *   12 … 44         SHA-256 of the vocabulary (of its words joined by a space)
 *   44 … 44 + W     the ids of all pieces, a byte each, one piece after another
 *   … + 4 P         the lengths of the pieces in ids
 *   … + 4           P, the number of pieces
 *
 * Numbers are unsigned, 32 bits, little-endian. What is known only at the end stands at the end, so that a shard can be
 * written as its pieces come.
 */
const magic = 'VGMSHARD'
const version = 1
const headerBytes = 44
const digestStart = 12
const digestPrefix = 'sha256:'

/** The pieces of a shard. */
export interface Shard {
  /** The number of pieces, `P`. */
  readonly size: number
  /** The number of ids in all pieces, `W`. */
  readonly words: number
  /** The hash of the vocabulary that the ids belong to, as in an `@vgm/encoding` vocabulary. */
  readonly vocabularyHash: string
  /** The ids of piece `index`, from 0: a view, not a copy. */
  piece(index: number): Uint8Array
}

/** The bytes a shard begins with. */
export function shardHeader(vocabularyHash: string): Uint8Array {
  const header = new Uint8Array(headerBytes)
  header.set(new TextEncoder().encode(magic))
  new DataView(header.buffer).setUint32(magic.length, version, true)
  const digest = vocabularyHash.slice(digestPrefix.length)
  for (let i = 0; i < digest.length / 2; i++) {
    header[digestStart + i] = Number.parseInt(digest.slice(2 * i, 2 * i + 2), 16)
  }
  return header
}

/** The bytes a shard ends with, given the lengths of its pieces in ids. */
export function shardIndex(lengths: readonly number[]): Uint8Array {
  const index = new Uint8Array(4 * (lengths.length + 1))
  const view = new DataView(index.buffer)
  for (const [i, length] of [...lengths, lengths.length].entries()) view.setUint32(4 * i, length, true)
  return index
}

/**
 * Reads a shard. The bytes are kept, not copied.
 *
 * @param name The file's name, for errors.
 * @throws {DamagedShardError} if it is no shard, of another version, or cut.
 */
export function readShard(bytes: Uint8Array, name: string): Shard {
  // Of a Buffer its parts would be Buffers, too.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes + 4) {
    throw new DamagedShardError(name, `expected at least ${headerBytes + 4} bytes, got ${bytes.length}`)
  }
  const start = new TextDecoder().decode(bytes.subarray(0, magic.length))
  if (start !== magic) throw new DamagedShardError(name, `expected to begin with ${magic}`)
  const found = view.getUint32(magic.length, true)
  if (found !== version) throw new DamagedShardError(name, `expected version ${version}, got ${found}`)

  const size = view.getUint32(bytes.length - 4, true)
  const indexStart = bytes.length - 4 * (size + 1)
  const offsets = [headerBytes]
  if (indexStart >= headerBytes) {
    for (let i = 0; i < size; i++) offsets.push(offsets[i]! + view.getUint32(indexStart + 4 * i, true))
  }
  if (offsets.length !== size + 1 || offsets[size] !== indexStart) {
    throw new DamagedShardError(name, 'its index does not fit its length: it was cut or changed')
  }
  const digest = Array.from(bytes.subarray(digestStart, headerBytes), byte =>
    byte.toString(16).padStart(2, '0')
  ).join('')
  return {
    size,
    words: indexStart - headerBytes,
    vocabularyHash: digestPrefix + digest,
    piece: index => plain.subarray(offsets[index], offsets[index + 1])
  }
}
