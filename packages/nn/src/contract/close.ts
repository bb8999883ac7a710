import { expect } from 'vitest'

/** `|actual − expected|` may reach `atol + rtol · |expected|`. */
export interface Tolerance {
  readonly rtol: number
  readonly atol: number
}

/** Expects arrays of one length whose values agree within the tolerance, and names the value that is furthest off. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { rtol, atol }: Tolerance,
  what: string
): void {
  expect(actual.length, `${what}: number of values`).toBe(expected.length)
  let worst = { excess: 0, text: '' }
  for (let k = 0; k < expected.length; k++) {
    const excess = Math.abs(actual[k]! - expected[k]!) / (atol + rtol * Math.abs(expected[k]!))
    if (excess <= 1) continue
    if (!(excess <= worst.excess)) worst = { excess, text: `[${k}] is ${actual[k]}, expected ${expected[k]}` }
  }
  expect(worst.text, `${what}, rtol ${rtol}, atol ${atol}`).toBe('')
}
