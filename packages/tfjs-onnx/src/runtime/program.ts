/** A numeric array in the host's memory. Booleans are bytes. */
export type HostArray = Float32Array | Int32Array | Uint8Array

/** A value that the runtime holds. Whoever has it disposes it. */
export interface Handle {
  readonly shape: readonly number[]
  /** Copies the value to the host. Booleans become integers, 0 and 1. */
  read(): Promise<Float32Array | Int32Array>
  /** Gives the value's memory back; a second call does nothing. */
  dispose(): void
}

/** An input of a program: an array of the host, copied at the call, or a handle that a program gave. Neither is changed. */
export type Input = HostArray | Handle

/** A compiled function. */
export interface Program {
  /**
   * Runs once. Inputs are taken at the call: arrays may be changed, and handles and the program itself disposed, while the
   * run is under way, and it gives the same.
   *
   * @param inputs One value for each input that is not a constant.
   * @returns New handles, the caller's to dispose.
   * @throws {ShapeError} if an input does not fit its spec.
   */
  run(inputs: readonly Input[]): Promise<readonly Handle[]>
  /** Frees the graph, once the runs under way are done; a second call does nothing. */
  dispose(): void
}
