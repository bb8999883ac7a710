import { InvalidOptionError } from '@vgm/base'
import type { Steering } from '@vgm/mlstm'

/**
 * The steering with every offset multiplied.
 *
 * @param strength 1 leaves it as it is, 0.5 steers half as much.
 * @throws {InvalidOptionError} if the steering replaces the state of units (mode `set`), and the strength is not 1.
 */
export function strengthen(steering: Steering, strength: number): Steering {
  if (strength === 1) return steering
  if (steering.mode === 'set') {
    throw new InvalidOptionError(
      undefined,
      'strength',
      '1 for a steering that sets the state of units',
      strength
    )
  }
  return { ...steering, offsets: steering.offsets.map(offset => offset * strength) }
}
