import { sha256 } from '@noble/hashes/sha2'
import { bytesToHex } from '@noble/hashes/utils'
import { Float16Array } from '@petamoriken/float16'
import * as v from 'valibot'
import { ModelFormatError } from '../errors.js'
import { sizeOf } from '../weights.js'

/** How numbers are stored: 16 or 32 bits. In memory they are always 32. */
export type StoredType = 'F16' | 'F32'

/** A named array of a safetensors file. */
export interface StoredTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** The content of a safetensors file: its arrays and its strings. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>
  readonly metadata: Readonly<Record<string, string>>
}

const bytesPerValue: Record<StoredType, number> = { F16: 2, F32: 4 }
const lengthBytes = 8
/** The name under which the file's digest is kept among the strings, so that damage is noticed. */
const digestKey = 'sha256'
/** What stands for the digest while it is computed. */
const blankDigest = '0'.repeat(64)

function digestOf(headerText: string, data: Uint8Array): string {
  return bytesToHex(sha256.create().update(new TextEncoder().encode(headerText)).update(data).digest())
}

const offsetSchema = v.pipe(v.number(), v.integer(), v.minValue(0))
const entrySchema = v.object({
  dtype: v.picklist(['F16', 'F32']),
  shape: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  data_offsets: v.tuple([offsetSchema, offsetSchema])
})
const metadataSchema = v.record(v.string(), v.string())

/**
 * Writes arrays in the safetensors format, little-endian, with a digest of header and data.
 *
 * @source https://github.com/huggingface/safetensors#format
 */
export function writeSafetensors({ tensors, metadata }: TensorFile, type: StoredType): Uint8Array {
  const header: Record<string, unknown> = {}
  let end = 0
  for (const [name, { shape, values }] of tensors) {
    const start = end
    end += values.length * bytesPerValue[type]
    header[name] = { dtype: type, shape, data_offsets: [start, end] }
  }
  const data = new Uint8Array(end)
  let offset = 0
  for (const { values } of tensors.values()) {
    const stored = type === 'F16' ? new Float16Array(values) : values
    data.set(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength), offset)
    offset += stored.byteLength
  }
  const strings = { [digestKey]: blankDigest, ...metadata }
  const text = JSON.stringify({ __metadata__: strings, ...header })
  const excess = new TextEncoder().encode(text).length % lengthBytes
  const padded = text + ' '.repeat(excess === 0 ? 0 : lengthBytes - excess)
  const encoded = new TextEncoder().encode(padded.replace(blankDigest, digestOf(padded, data)))
  const file = new Uint8Array(lengthBytes + encoded.length + data.length)
  new DataView(file.buffer).setBigUint64(0, BigInt(encoded.length), true)
  file.set(encoded, lengthBytes)
  file.set(data, lengthBytes + encoded.length)
  return file
}

interface Parts {
  readonly text: string
  readonly header: Record<string, unknown>
  readonly data: Uint8Array
}

function readHeader(bytes: Uint8Array, name: string): Parts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = bytes.length < lengthBytes ? Number.NaN : Number(view.getBigUint64(0, true))
  if (!(length <= bytes.length - lengthBytes)) {
    throw new ModelFormatError(
      name,
      `is no safetensors file, or its header is cut off (${bytes.length} bytes)`
    )
  }
  const text = new TextDecoder().decode(bytes.subarray(lengthBytes, lengthBytes + length))
  try {
    const header = v.parse(v.record(v.string(), v.unknown()), JSON.parse(text))
    return { text, header, data: bytes.subarray(lengthBytes + length) }
  } catch (cause) {
    throw new ModelFormatError(name, 'its header is damaged', { cause })
  }
}

let halves: Float32Array | undefined

/** Values of 16 bits as 32, looked up: converting millions one by one takes a second. */
function widen(bytes: ArrayBuffer): Float32Array {
  halves ??= Float32Array.from(
    new Float16Array(Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits).buffer)
  )
  const bits = new Uint16Array(bytes)
  const values = new Float32Array(bits.length)
  for (let k = 0; k < bits.length; k++) values[k] = halves[bits[k]!]!
  return values
}

function readTensor(entry: unknown, key: string, data: Uint8Array, file: string): StoredTensor {
  const parsed = v.safeParse(entrySchema, entry)
  if (!parsed.success) throw new ModelFormatError(file, `${key}: ${parsed.issues[0].message}`)
  const { dtype, shape, data_offsets } = parsed.output
  const [start, end] = data_offsets
  const expected = sizeOf(shape) * bytesPerValue[dtype]
  if (end > data.length || end - start !== expected) {
    const where = `bytes ${start} to ${end} of ${data.length}`
    throw new ModelFormatError(
      file,
      `${key}: [${shape.join(', ')}] ${dtype} expected ${expected} bytes, got ${where}`
    )
  }
  // A copy, aligned; not `slice`, which is a view if a Buffer was given.
  const bytes = new Uint8Array(data.subarray(start, end)).buffer
  return {
    shape,
    values: dtype === 'F16' ? widen(bytes) : new Float32Array(bytes)
  }
}

/**
 * Reads a safetensors file of float16 or float32 arrays.
 *
 * @param file The file's name, for errors.
 * @throws {ModelFormatError} if it is cut off, damaged, or holds other types.
 */
export function readSafetensors(bytes: Uint8Array, file: string): TensorFile {
  const { text, header, data } = readHeader(bytes, file)
  const { __metadata__, ...entries } = header
  const parsed = v.safeParse(metadataSchema, __metadata__ ?? {})
  if (!parsed.success) throw new ModelFormatError(file, '__metadata__ expected strings')
  const { [digestKey]: digest, ...metadata } = parsed.output
  if (digest !== undefined && digest !== digestOf(text.replace(digest, blankDigest), data)) {
    throw new ModelFormatError(file, 'is damaged: it does not have the digest it was written with')
  }
  const tensors = Object.entries(entries).map(
    ([key, entry]) => [key, readTensor(entry, key, data, file)] as const
  )
  return { tensors: new Map(tensors), metadata }
}

/**
 * The values of one array, checked.
 *
 * @throws {ModelFormatError} if it is missing or has another shape.
 */
export function tensorOf(
  file: TensorFile,
  name: string,
  shape: readonly number[],
  fileName: string
): Float32Array {
  const found = file.tensors.get(name)
  const expected = `[${shape.join(', ')}]`
  const received = found === undefined ? 'nothing' : `[${found.shape.join(', ')}]`
  if (found === undefined || expected !== received) {
    throw new ModelFormatError(fileName, `${name} expected ${expected}, got ${received}`)
  }
  return found.values
}
