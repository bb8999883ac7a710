import { VgmError } from '@vgm/base'

/** An engine does not load, or does not work on this machine. */
export class EngineError extends VgmError {
  override readonly name = 'EngineError'

  constructor(
    /** The engine that does not load. */
    readonly engine: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('ENGINE', `engine '${engine}': ${problem}`, { caller: 'openEngine', ...options })
  }
}

/** The engine cannot compute in this precision. */
export class PrecisionError extends VgmError {
  override readonly name = 'PrecisionError'

  constructor(
    readonly precision: string,
    problem: string
  ) {
    super('PRECISION', `precision ${precision} ${problem}`, { caller: 'openEngine' })
  }
}
