import type { Tensor } from '@tensorflow/tfjs-core'

/** A numeric array in the host's memory. */
export type HostArray = Float32Array | Int32Array

/** Shape and type of one input of a program. A scalar has shape `[]`. */
export interface TensorSpec {
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
}

/** A value that an engine owns. Whoever holds it disposes it. */
export interface Handle {
  readonly shape: readonly number[]
  /** Copies the value to the host. */
  read(): Promise<HostArray>
  /** Frees the value; a second call does nothing. */
  dispose(): void
}

/**
 * What a program accepts: an array of the host, copied when `run` is called, or a handle of the same engine, left as it is.
 * A later change to either does not change the result.
 */
export type Value = HostArray | Handle

/** A function of tensors, ready to run on fixed shapes. */
export interface Program {
  /**
   * Runs once.
   *
   * @param inputs One value for each spec the program was compiled with.
   * @returns New handles, the caller's to dispose, each with a value of its own.
   * @throws {ShapeError} if an input does not fit its spec.
   */
  run(inputs: readonly Value[]): Promise<readonly Handle[]>
  /** Frees what the program holds, after the runs that have begun; a second call does nothing. */
  dispose(): void
}

/** What runs programs: a tfjs backend, or a compiler. */
export interface Engine {
  readonly name: string
  /**
   * Whether a function is compiled as a whole, so that each of its operations costs little. Long functions are worth their
   * while then: several time steps in one run. Default false.
   */
  readonly compiles?: boolean
  /**
   * Prepares `fn`, a pure function of tensors, for inputs of the given shapes.
   *
   * @param options.constants The values of the first inputs, if they are the same in every run; `run` then takes the rest.
   * @param options.key Names what `fn` computes: functions of one key compute the same, so that an engine may keep a program
   *   for the next that is asked for.
   * @throws {ShapeError} if a constant does not fit its spec.
   */
  compile(
    fn: (...inputs: Tensor[]) => Tensor[],
    specs: readonly TensorSpec[],
    options?: { readonly constants?: readonly HostArray[]; readonly key?: string }
  ): Promise<Program>
  /** How many of the engine's programs and handles have not been disposed. */
  readonly alive?: () => { readonly programs: number; readonly handles: number }
}
