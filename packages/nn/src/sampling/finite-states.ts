import { NotFiniteError } from '../errors.js'

/**
 * Throws unless all states are finite.
 *
 * @param states `[N, H]`.
 * @param units `H`.
 * @param of What the rows are the states of.
 * @throws {NotFiniteError} such as `the state after piece 3`.
 */
export function requireFiniteStates(states: ArrayLike<number>, units: number, of: string): void {
  for (let at = 0; at < states.length; at++) {
    if (!Number.isFinite(states[at]))
      throw new NotFiniteError(`the state after ${of} ${Math.floor(at / units)}`)
  }
}
