import { sizeOf } from '../shapes.js'
import type { Attribute, Constant, ConstantData, ElementType, Node, Value } from '../types.js'

/** Shape and type of a node's result. */
export interface ResultType {
  readonly shape: readonly number[]
  readonly dtype: ElementType
}

/** Builds a graph node by node: what translations write to. */
export class Recorder {
  readonly nodes: Node[] = []
  readonly #constants = new Map<string, Constant>()
  readonly #taken: ReadonlySet<string>
  #count = 0

  /** @param taken Names that inner values must not bear. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  #name(prefix: string): string {
    let name: string
    do name = `${prefix}${this.#count++}`
    while (this.#taken.has(name))
    return name
  }

  /** Adds an operation with one result. */
  node(
    op: string,
    inputs: readonly Value[],
    result: ResultType,
    attributes: Node['attributes'] = {},
    domain?: string
  ): Value {
    return this.split(op, inputs, [result], attributes, domain)[0]!
  }

  /** Adds an operation with several results. */
  split(
    op: string,
    inputs: readonly Value[],
    results: readonly ResultType[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain?: string
  ): Value[] {
    const outputs = results.map(({ shape, dtype }) => ({ name: this.#name('v'), shape: [...shape], dtype }))
    this.nodes.push({ op, inputs, outputs, attributes, ...(domain !== undefined && { domain }) })
    return outputs
  }

  /** A constant; equal ones are the same value. */
  constant(data: ConstantData, shape: readonly number[], dtype: ElementType): Constant {
    const key = `${dtype} ${shape} ${digest(data)}`
    const known = this.#constants.get(key)
    if (known !== undefined && sameNumbers(known.data, data)) return known
    const constant = { name: this.#name('k'), shape: [...shape], dtype, data: data.slice() }
    this.#constants.set(key, constant)
    return constant
  }

  /** A real number. */
  scalar(value: number, dtype: 'float32' | 'int32' = 'float32'): Constant {
    return this.constant(dtype === 'int32' ? Int32Array.of(value) : Float32Array.of(value), [], dtype)
  }

  /** A list of 64-bit integers, as ONNX wants axes, sizes and shapes. */
  integers(values: readonly number[]): Constant {
    return this.constant(BigInt64Array.from(values, BigInt), [values.length], 'int64')
  }

  /** A constant of one repeated number. */
  filled(shape: readonly number[], value: number, dtype: 'float32' | 'int32' | 'bool'): Constant {
    const Kind = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype]
    return this.constant(new Kind(sizeOf(shape)).fill(value), shape, dtype)
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: ConstantData): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** FNV-1a. */
function digest(data: ConstantData): string {
  let hash = 0x811c9dc5
  for (const byte of bytesOf(data)) hash = Math.imul(hash ^ byte, 0x01000193)
  return `${data.byteLength}:${hash >>> 0}`
}

function sameNumbers(a: ConstantData, b: ConstantData): boolean {
  const [x, y] = [bytesOf(a), bytesOf(b)]
  return x.length === y.length && x.every((byte, k) => byte === y[k])
}
