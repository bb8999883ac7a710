/** Stable codes of this package's errors. */
export type EvolutionErrorCode = 'INVALID_OPTION' | 'INVALID_FITNESS' | 'INVALID_STATE'

/** The base of every error this package throws. `code` is stable; the message is for people. */
export class EvolutionError extends Error {
  override readonly name: string = 'EvolutionError'
  readonly code: EvolutionErrorCode

  constructor(code: EvolutionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An option that is out of its range. */
export class InvalidOptionError extends EvolutionError {
  override readonly name = 'InvalidOptionError'
  readonly option: string
  readonly value: unknown

  constructor(caller: string, option: string, expected: string, value: unknown) {
    super('INVALID_OPTION', `${caller}: ${option} expected ${expected}, got ${String(value)}`)
    this.option = option
    this.value = value
  }
}

/** The problem's `fitness` did not give a number for each individual. */
export class InvalidFitnessError extends EvolutionError {
  override readonly name = 'InvalidFitnessError'
  /** From 0. */
  readonly generation: number

  constructor(generation: number, expected: string, got: string) {
    super('INVALID_FITNESS', `evolve: fitness of generation ${generation} expected ${expected}, got ${got}`)
    this.generation = generation
  }
}

/** What should be a saved evolution is none, or one of another problem. */
export class InvalidStateError extends EvolutionError {
  override readonly name = 'InvalidStateError'

  constructor(problem: string, options?: ErrorOptions) {
    super('INVALID_STATE', `evolution state: ${problem}`, options)
  }
}
