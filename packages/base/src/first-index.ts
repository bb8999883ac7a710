/**
 * The first index below `length` that passes a test, found by halving; `length` if none does.
 *
 * @param passes A test that every index passes after the first that does.
 */
export function firstIndex(length: number, passes: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (passes(middle)) high = middle
    else low = middle + 1
  }
  return low
}
