import { NotFiniteError } from './errors.js'
import { release } from './release.js'
import type { Handle } from './types.js'

/**
 * Reads and disposes the first of a run's results. If that fails, or one is not finite, all the results are disposed.
 *
 * @param handles The results; the first of them have one number each.
 * @param names What an error calls the numbers that are read.
 * @throws {NotFiniteError} naming the first that is not finite.
 */
export async function readFiniteScalars(
  handles: readonly Handle[],
  names: readonly string[]
): Promise<number[]> {
  const scalars = handles.slice(0, names.length)
  try {
    const values = (await Promise.all(scalars.map(handle => handle.read()))).map(([value]) => value!)
    const wrong = values.findIndex(value => !Number.isFinite(value))
    if (wrong >= 0) throw new NotFiniteError(names[wrong]!)
    release(scalars)
    return values
  } catch (error) {
    release(handles)
    throw error
  }
}
