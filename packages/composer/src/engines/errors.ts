import { VgmError } from '@vgm/base'

/** An engine does not load, or does not work on this machine. */
export class EngineError extends VgmError {
  override readonly name = 'EngineError'

  /** @param engine The engine that was asked for. */
  constructor(
    readonly engine: string,
    problem: string,
    options?: ErrorOptions
  ) {
    super('ENGINE', `engine '${engine}': ${problem}`, { caller: 'openEngine', ...options })
  }
}

/** No engine that is there computes in the precision that was asked for. */
export class PrecisionError extends VgmError {
  override readonly name = 'PrecisionError'

  constructor(
    readonly precision: string,
    problem: string
  ) {
    super('PRECISION', `precision ${precision} ${problem}`, { caller: 'openEngine' })
  }
}
