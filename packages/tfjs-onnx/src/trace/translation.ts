import type { TensorInfo } from '@tensorflow/tfjs-core'
import { CannotTranslateError } from '../errors.js'
import type { Value } from '../types.js'
import type { Recorder } from './recorder.js'

/** The arguments of a translation. */
export interface KernelCall {
  /** The kernel's inputs by their tfjs names; those of kernels that take a list are `0`, `1`, …. */
  readonly inputs: Readonly<Record<string, Value>>
  /** The kernel's attributes, as tfjs gives them. */
  // biome-ignore lint/suspicious/noExplicitAny: each kernel has attributes of its own, which tfjs types apart
  readonly attributes: Readonly<Record<string, any>>
  /** Takes the operations. */
  readonly graph: Recorder
}

/** Writes a tfjs kernel as ONNX operations, and gives its results. */
export type Translation = (call: KernelCall) => Value | readonly Value[]

/** The part of the recording backend that kernels reach through. */
export interface TraceHost {
  readonly recorder: Recorder
  toValue(tensor: TensorInfo): Value
  toTensor(value: Value): TensorInfo
}

/** Refuses what a translation does not know. */
export function requireKnown(kernelName: string, holds: boolean, problem: string): void {
  if (!holds) throw new CannotTranslateError(kernelName, problem)
}
