/** The index of the smallest value; of several the first. 0 if there is none. */
export function indexOfLeast(values: readonly number[]): number {
  return values.reduce((least, value, index) => (value < values[least]! ? index : least), 0)
}
