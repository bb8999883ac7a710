import { VgmError } from '@vgm/base'

/** The problem's `fitness` did not give a number for each individual. */
export class InvalidFitnessError extends VgmError {
  override readonly name = 'InvalidFitnessError'

  constructor(
    /** From 0. */
    readonly generation: number,
    readonly expected: string,
    readonly received: string
  ) {
    super('INVALID_FITNESS', `fitness of generation ${generation} expected ${expected}, got ${received}`, {
      caller: 'evolve'
    })
  }
}

/** A saved evolution of another problem: with other genes, or another number of individuals. */
export class InvalidStateError extends VgmError {
  override readonly name = 'InvalidStateError'

  constructor(
    /** The number that differs. */
    readonly what: 'individuals' | 'genes',
    readonly expected: number,
    readonly received: number
  ) {
    super('INVALID_STATE', `resume expected ${expected} ${what}, got ${received}`, { caller: 'evolve' })
  }
}
