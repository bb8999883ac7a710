/** What long work takes so that it can be stopped. */
export interface Cancel {
  /** Stops the work: its promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** How far long work has come. */
export interface Progress {
  /** What is being done, such as `composing`. */
  readonly phase: string
  /** How much of it is done, in `unit`. */
  readonly done: number
  /** How much there is, where that is known. */
  readonly total?: number
  /** What is counted. */
  readonly unit: 'words' | 'steps' | 'files' | 'bytes' | 'pieces' | 'phrases' | 'fits' | 'generations'
}

/** What long work takes so that it can be watched. */
export interface Watch {
  /** Called now and then, and when all is done. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}
