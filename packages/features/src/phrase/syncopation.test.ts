import { createMetre } from '@vgm/encoding'
import { describe, expect, it } from 'vitest'
import { syncopations } from './syncopation.js'

/** @param onsets in quarter notes. */
function inMetre(numerator: number, denominator: number, onsets: readonly number[]): number[] {
  const metre = createMetre({ ticksPerQuarter: 480, timeSignatures: [{ tick: 0, numerator, denominator }] })
  return syncopations(
    onsets.map(quarter => quarter * 480),
    metre,
    480
  )
}

describe('syncopations', () => {
  it('finds none on the beats, nor where the next onset is on the bar line', () => {
    expect(inMetre(4, 4, [0, 1, 2, 3, 3.5, 4, 8])).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('counts the levels up to the middle of a bar of four', () => {
    // From the second eighth (−3), the second quarter (−2) and the second sixteenth (−4) over the third quarter (−1).
    expect(inMetre(4, 4, [0.5, 2.5])).toEqual([2])
    expect(inMetre(4, 4, [1, 3])).toEqual([1])
    expect(inMetre(4, 4, [0.25, 3])).toEqual([3])
  })

  it('counts the levels up to the bar line', () => {
    expect(inMetre(4, 4, [3, 5])).toEqual([2])
    expect(inMetre(4, 4, [3.75, 17])).toEqual([4])
    expect(inMetre(3, 4, [2, 4])).toEqual([1])
  })

  it('divides six eighths into two times three', () => {
    // The second dotted quarter (1.5) is at level −1, the other eighths at −2.
    expect(inMetre(6, 8, [1, 2])).toEqual([1])
    expect(inMetre(6, 8, [0.5, 1])).toEqual([0])
    expect(inMetre(6, 8, [0, 1.5, 2.5, 3])).toEqual([0, 0, 0])
  })

  it('counts an onset at its nearest sixteenth', () => {
    expect(inMetre(4, 4, [0.52, 2.49])).toEqual([2])
    expect(inMetre(4, 4, [3.95, 5])).toEqual([0])
  })

  it('takes the beats where they are shorter than sixteenths', () => {
    // 3/32: a bar is 0.375 quarters long.
    expect(inMetre(3, 32, [0.125, 0.5])).toEqual([1])
  })
})
