import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import written from '../../test/golden/python-safetensors.json' with { type: 'json' }
import { ModelFormatError } from '../errors.js'
import {
  readSafetensors,
  type StoredTensor,
  type TensorFile,
  tensorOf,
  writeSafetensors
} from './safetensors.js'

const golden = join(import.meta.dirname, '../../test/golden')

/** Arrays of up to three dimensions, some of them empty. */
const anyTensor: fc.Arbitrary<StoredTensor> = fc.array(fc.nat(5), { maxLength: 3 }).chain(shape => {
  const length = shape.reduce((product, n) => product * n, 1)
  const values = fc.float32Array({ minLength: length, maxLength: length })
  return values.map(array => ({ shape, values: array }))
})

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter(name => !['__metadata__', '__proto__'].includes(name) && Number.isNaN(Number(name)))

const anyFile: fc.Arbitrary<TensorFile> = fc.record({
  tensors: fc.dictionary(anyName, anyTensor, { maxKeys: 5 }).map(entries => new Map(Object.entries(entries))),
  metadata: fc.dictionary(anyName, fc.string({ unit: 'grapheme' }), { maxKeys: 3 })
})

/** A file with this header, whatever it says, and so many bytes of data. */
function fileOf(header: string, dataLength = 0): Uint8Array {
  const text = new TextEncoder().encode(header)
  const bytes = new Uint8Array(8 + text.length + dataLength)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}

describe('a file that is written and read', { timeout: 60_000 }, () => {
  test('holds the same float32 bits, shapes, names and strings', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const read = readSafetensors(writeSafetensors(file, 'F32'), 'file')
        expect(read.metadata).toEqual({ ...file.metadata })
        expect([...read.tensors.keys()]).toEqual([...file.tensors.keys()])
        expect(read.tensors).toEqual(file.tensors)
      }),
      { seed: 1 }
    )
  })

  test('holds values to half precision as F16: 11 significant bits, 2⁻²⁵ near zero', () => {
    const values = fc.float32Array({ minLength: 1, maxLength: 9, min: -65504, max: 65504, noNaN: true })
    fc.assert(
      fc.property(values, array => {
        const file = { tensors: new Map([['a', { shape: [array.length], values: array }]]), metadata: {} }
        const read = tensorOf(
          readSafetensors(writeSafetensors(file, 'F16'), 'file'),
          'a',
          [array.length],
          'file'
        )
        for (const [k, value] of array.entries()) {
          expect(Math.abs(read[k]! - value)).toBeLessThanOrEqual(
            Math.max(2 ** -11 * Math.abs(value), 2 ** -25)
          )
        }
        const again = { tensors: new Map([['a', { shape: [array.length], values: read }]]), metadata: {} }
        expect(writeSafetensors(again, 'F16')).toEqual(writeSafetensors(file, 'F16'))
      }),
      { seed: 1 }
    )
  })

  test('may lie anywhere in memory, and be written from anywhere', () => {
    const values = Float32Array.of(9, 1, 2, 3).subarray(1)
    const bytes = writeSafetensors({ tensors: new Map([['a', { shape: [3], values }]]), metadata: {} }, 'F32')
    const moved = new Uint8Array(bytes.length + 7)
    moved.set(bytes, 3)
    const read = readSafetensors(moved.subarray(3, 3 + bytes.length), 'file')
    expect(read.tensors.get('a')?.values).toEqual(Float32Array.of(1, 2, 3))
  })
})

describe("Python's safetensors", { timeout: 60_000 }, () => {
  test('writes a file that is read as what it holds: float32, float16, a scalar, an empty array', () => {
    const { tensors, metadata } = readSafetensors(readFileSync(join(golden, 'python.safetensors')), 'python')
    expect(metadata).toEqual(written.metadata)
    expect([...tensors.keys()].sort()).toEqual(Object.keys(written.tensors).sort())
    for (const [name, { shape, values }] of Object.entries(written.tensors)) {
      expect(tensors.get(name), name).toEqual({ shape, values: Float32Array.from(values) })
    }
  })

  // Needs a Python with safetensors and numpy: VGM_PYTHON=python3.
  test.skipIf(process.env.VGM_PYTHON === undefined)('reads what is written here', () => {
    const file: TensorFile = {
      tensors: new Map([
        ['wx', { shape: [2, 3], values: Float32Array.of(1, -2, 0.1, 3e38, 1e-45, -0) }],
        ['ö', { shape: [1], values: Float32Array.of(1 / 3) }]
      ]),
      metadata: { format: 'ä' }
    }
    const folder = mkdtempSync(join(tmpdir(), 'safetensors-'))
    try {
      for (const type of ['F32', 'F16'] as const) {
        const path = join(folder, type)
        writeFileSync(path, writeSafetensors(file, type))
        const script = join(golden, 'python-safetensors.py')
        const read = JSON.parse(
          execFileSync(process.env.VGM_PYTHON!, [script, 'read', path])
            .toString()
            .replace('Infinity', '1e999')
        )
        const ours = readSafetensors(readFileSync(path), path)
        expect(read.metadata.format).toBe('ä')
        for (const [name, { shape, values }] of ours.tensors) {
          expect(read.tensors[name]).toEqual({
            dtype: type === 'F32' ? 'float32' : 'float16',
            shape,
            values: [...values]
          })
        }
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a file that is none', () => {
  const entry = (fields: object) =>
    `{"a":${JSON.stringify({ dtype: 'F32', shape: [1], data_offsets: [0, 4], ...fields })}}`

  test('is refused with a ModelFormatError that says what is wrong', () => {
    const bad: [Uint8Array, string][] = [
      [new Uint8Array(0), 'no safetensors file, or its header is cut off (0 bytes)'],
      [new Uint8Array(7), '(7 bytes)'],
      [new Uint8Array(8).fill(255), 'cut off'],
      [fileOf('{"a":'), 'header is damaged'],
      [fileOf('null'), 'header is damaged'],
      [fileOf('{"__metadata__":{"a":1}}'), '__metadata__ expected strings'],
      [fileOf('{"__metadata__":{"sha256":"00"}}', 4), 'digest'],
      [fileOf('{"a":1}'), 'a: '],
      [fileOf(entry({ dtype: 'I64' }), 4), 'a: '],
      [fileOf(entry({ shape: [-1] }), 4), 'a: '],
      [fileOf(entry({ shape: [1.5] }), 4), 'a: '],
      [fileOf(entry({ data_offsets: [0] }), 4), 'a: '],
      [fileOf(entry({}), 3), 'a: [1] F32 expected 4 bytes, got bytes 0 to 4 of 3'],
      [fileOf(entry({ data_offsets: [-4, 0] }), 8), 'a: '],
      [fileOf(entry({ shape: [1e9] }), 4), 'expected 4000000000 bytes'],
      [fileOf(entry({ shape: [0], data_offsets: [9, 9] }), 4), 'bytes 9 to 9 of 4'],
      [fileOf(entry({ data_offsets: [0.5, 4.5] }), 8), 'a: ']
    ]
    for (const [bytes, problem] of bad) {
      const read = () => readSafetensors(bytes, 'w.safetensors')
      expect(read, problem).toThrow(ModelFormatError)
      expect(read).toThrow('w.safetensors: ')
      expect(read).toThrow(problem)
    }
  })

  test('never causes another error, whatever its bytes', () => {
    const outcome = (bytes: Uint8Array) => {
      try {
        readSafetensors(bytes, 'file')
      } catch (error) {
        expect(error).toBeInstanceOf(ModelFormatError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), outcome), { seed: 1 })
    const headers = fc.json().map(json => fileOf(json, 8))
    fc.assert(fc.property(headers, outcome), { seed: 1 })
    const offset = fc.oneof(fc.integer({ min: -9, max: 20 }), fc.double())
    const entries = fc.record({
      shape: fc.array(fc.oneof(fc.nat(9), fc.double())),
      data_offsets: fc.tuple(offset, offset)
    })
    fc.assert(
      fc.property(
        entries.map(fields => fileOf(entry(fields), 16)),
        outcome
      ),
      { seed: 1 }
    )
  })
})
