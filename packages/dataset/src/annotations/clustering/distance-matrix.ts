import { InvalidSeriesError } from '../errors.js'

/** Distances of `N` things from each other, `[N, N]`: symmetric, with zeros on its diagonal. */
export type DistanceMatrix = readonly (readonly number[])[]

/** The distances of all pairs. */
export function distanceMatrix<T>(things: readonly T[], distance: (a: T, b: T) => number): number[][] {
  const matrix = things.map(() => new Array<number>(things.length).fill(0))
  for (let i = 1; i < things.length; i++) {
    for (let j = 0; j < i; j++) {
      const between = distance(things[i]!, things[j]!)
      matrix[i]![j] = between
      matrix[j]![i] = between
    }
  }
  return matrix
}

/** @throws {InvalidSeriesError} unless the matrix is square and symmetric, of finite numbers of at least 0. */
export function requireDistances(caller: string, distances: DistanceMatrix): void {
  distances.forEach((row, i) => {
    if (row.length !== distances.length) {
      throw new InvalidSeriesError(caller, `distances[${i}]`, `${distances.length} values`, row)
    }
    row.forEach((value, j) => {
      const path = `distances[${i}][${j}]`
      if (!(Number.isFinite(value) && value >= 0)) {
        throw new InvalidSeriesError(caller, path, 'a finite number of at least 0', value)
      }
      const expected = i === j ? 0 : distances[j]?.[i]
      if (value !== expected)
        throw new InvalidSeriesError(caller, path, `${expected}, its mirror image`, value)
    })
  })
}
