import { InvalidOptionError } from '@vgm/base'
import { DamagedShardError, InvalidIdError } from './errors.js'

/*
 * A shard, the ids of many pieces in one file:
 *
 *   bytes           content
 *   0 … 8           "VGMSHARD"
 *   8 … 12          version of the format, 2
 *   12 … 44         SHA-256 of the vocabulary (of its words joined by a space)
 *   44 … 48         bytes per id: 1 for a vocabulary of at most 256 words, else 2
 *   48 …            the ids of all pieces, one piece after another
 *   … + 4 P         the lengths of the pieces in ids
 *   … + 4           P, the number of pieces
 *
 * Numbers are unsigned, little-endian, and have 32 bits where nothing else is said. What is known only at the end stands
 * at the end, so that a shard can be written as its pieces come. Version 1 has no field for the bytes per id: it is 1,
 * and the ids begin at byte 44.
 */
const magic = 'VGMSHARD'
const version = 2
const digestStart = 12
const digestEnd = 44
const headerBytes = 48
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
  piece(index: number): Uint8Array | Uint16Array
}

/** The vocabulary that the ids of a shard belong to; one of `@vgm/encoding` is one. */
export interface ShardVocabulary {
  /** `sha256:` and a hex digest. */
  readonly hash: string
  /** Number of words, `V`, at most 65,536. */
  readonly size: number
}

/**
 * The bytes a shard begins with.
 *
 * @throws {InvalidOptionError} if the vocabulary has more words than two bytes can tell apart.
 */
export function shardHeader({ hash, size }: ShardVocabulary): Uint8Array {
  if (size > 2 ** 16) throw new InvalidOptionError('encodeShards', 'vocabulary.size', 'at most 65536', size)
  const header = new Uint8Array(headerBytes)
  header.set(new TextEncoder().encode(magic))
  const view = new DataView(header.buffer)
  view.setUint32(magic.length, version, true)
  const digest = hash.slice(digestPrefix.length)
  for (let i = 0; i < digest.length / 2; i++) {
    header[digestStart + i] = Number.parseInt(digest.slice(2 * i, 2 * i + 2), 16)
  }
  view.setUint32(digestEnd, bytesPerId(size), true)
  return header
}

function bytesPerId(vocabularySize: number): 1 | 2 {
  return vocabularySize <= 2 ** 8 ? 1 : 2
}

/**
 * Ids as a shard has them.
 *
 * @param ids `[W]`.
 * @returns `[W]` or, of a vocabulary of more than 256 words, `[2 W]`.
 * @throws {InvalidIdError} at the first id that is none of the vocabulary.
 */
export function idBytes(ids: Uint16Array, vocabularySize: number): Uint8Array {
  const width = bytesPerId(vocabularySize)
  const bytes = new Uint8Array(width * ids.length)
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    if (id >= vocabularySize) throw new InvalidIdError('encodeShards', id, vocabularySize)
    bytes[width * i] = id & 0xff
    if (width === 2) bytes[2 * i + 1] = id >> 8
  }
  return bytes
}

/** The bytes a shard ends with, given the lengths of its pieces in ids. */
export function shardIndex(lengths: readonly number[]): Uint8Array {
  const index = new Uint8Array(4 * (lengths.length + 1))
  const view = new DataView(index.buffer)
  for (const [i, length] of [...lengths, lengths.length].entries()) view.setUint32(4 * i, length, true)
  return index
}

/**
 * Reads a shard of this version of the format or of the one before. The bytes are kept, not copied, where an id is one byte.
 *
 * @param name The file's name, for errors.
 * @throws {DamagedShardError} if it is no shard, of a later version, or cut.
 */
export function readShard(bytes: Uint8Array, name: string): Shard {
  // Of a Buffer its parts would be Buffers, too.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes) {
    throw new DamagedShardError(name, `expected at least ${headerBytes} bytes, got ${bytes.length}`)
  }
  const start = new TextDecoder().decode(bytes.subarray(0, magic.length))
  if (start !== magic) throw new DamagedShardError(name, `expected to begin with ${magic}`)
  const found = view.getUint32(magic.length, true)
  if (found !== 1 && found !== version) {
    throw new DamagedShardError(name, `expected version 1 or ${version}, got ${found}`)
  }
  const width = found === 1 ? 1 : view.getUint32(digestEnd, true)
  if (width !== 1 && width !== 2) {
    throw new DamagedShardError(name, `expected 1 or 2 bytes per id, got ${width}`)
  }
  const idsStart = found === 1 ? digestEnd : headerBytes

  const size = view.getUint32(bytes.length - 4, true)
  const indexStart = bytes.length - 4 * (size + 1)
  const offsets = [0]
  if (indexStart >= idsStart) {
    for (let i = 0; i < size; i++) offsets.push(offsets[i]! + view.getUint32(indexStart + 4 * i, true))
  }
  const words = offsets[size]
  if (words === undefined || idsStart + width * words !== indexStart) {
    throw new DamagedShardError(name, 'its index does not fit its length: it was cut or changed')
  }
  const digest = Array.from(bytes.subarray(digestStart, digestEnd), byte =>
    byte.toString(16).padStart(2, '0')
  ).join('')
  const ids =
    width === 1 ? plain.subarray(idsStart, indexStart) : wideIds(plain.subarray(idsStart, indexStart))
  return {
    size,
    words,
    vocabularyHash: digestPrefix + digest,
    piece: index => ids.subarray(offsets[index], offsets[index + 1])
  }
}

/** Two bytes per id, wherever they lie in memory and whatever the byte order of the machine. */
function wideIds(bytes: Uint8Array): Uint16Array {
  const ids = new Uint16Array(bytes.length / 2)
  for (let i = 0; i < ids.length; i++) ids[i] = bytes[2 * i]! | (bytes[2 * i + 1]! << 8)
  return ids
}
