import type { Tensor } from '@tensorflow/tfjs-core'

/** The element types that graphs use. tfjs has the first three; ONNX wants 64-bit integers for axes and shapes, and multiplies 8-bit ones. */
export type ElementType = 'float32' | 'int32' | 'bool' | 'int64' | 'int8' | 'uint8'

/** The numbers of a constant; booleans are bytes of 0 and 1. */
export type ConstantData = Float32Array | Int32Array | Uint8Array | BigInt64Array | Int8Array

/** One value of a graph: an input, a constant, or what a node computes. Two are the same if they are the same object. */
export interface Value {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: ElementType
  /** Present in constants: row-major. */
  readonly data?: ConstantData
}

/** A value that is known before the graph runs. */
export interface Constant extends Value {
  readonly data: ConstantData
}

/** An ONNX attribute: integers and lists of them, `{ float }` for a real number, text. */
export type Attribute = number | readonly number[] | string | { readonly float: number }

/** One operation of a graph. */
export interface Node {
  /** The ONNX operator, for example `MatMul`. */
  readonly op: string
  /** The operator's domain; the standard one if absent. */
  readonly domain?: string
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

/** A computation: nodes in an order in which each comes after those it needs. Constants stand where they are used. */
export interface Graph {
  readonly inputs: readonly Value[]
  readonly outputs: readonly Value[]
  readonly nodes: readonly Node[]
}

/** Shape and type of one input of a traced function. A scalar has shape `[]`. */
export interface TensorSpec {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32' | 'bool'
}

/** A pure function of tensors. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor[]
