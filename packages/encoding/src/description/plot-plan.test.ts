import { expect, test } from 'vitest'
import { bar } from '../../test/plans.js'
import { plotPlan } from './index.js'

const count = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].length

const plan = {
  bars: [
    bar({ notes: 2, velocity: 60, pitch: 64, chords: ['C', 'Am'] }),
    bar({ notes: 0, chords: [null, null] }),
    bar({ notes: 3, velocity: 70, pitch: 67, chords: ['C', 'C'], returns: { bars: 2, how: 'varied' } }),
    bar({ notes: 2, velocity: 60, pitch: 64, chords: ['C', 'Am'], returns: { bars: 3, how: 'exact' } })
  ]
}

test('a row for each field: bars for notes and velocities, lines for pitch, cells for chords, arcs for returns', () => {
  const svg = plotPlan(plan, 'tune & co.mid')
  expect(svg).toContain('<title>tune &amp; co.mid</title>')
  for (const name of ['Notes', 'Velocity', 'Pitch', 'Chords', 'Returns'])
    expect(svg).toContain(`>${name}</text>`)
  // 4 + 3 bars, and 6 half bars that have a chord, on a background.
  expect(count(svg, /<rect /g)).toBe(1 + 4 + 3 + 6)
  // The silent bar interrupts the pitches.
  expect(count(svg, /stroke="#009e73"/g)).toBe(2)
  expect(count(svg, /stroke="#d55e00"/g)).toBe(1)
  expect(count(svg, /stroke="#0072b2"/g)).toBe(1)
  for (const name of ['C', 'Am', 'varied', 'exact']) expect(svg).toContain(`>${name}</tspan>`)
})

test('an arc reaches from the bar that comes back to where it was', () => {
  const [, path] = /<path d="([^"]*)" fill="none" stroke="#d55e00"/.exec(plotPlan(plan, 'tune'))!
  const points = path!.match(/[\d.]+,[\d.]+/g)!.map(point => Number(point.split(',')[0]))
  // Four bars share the 876 pixels from 60 on.
  expect(points[0]).toBeCloseTo(60 + 219 / 2, 1)
  expect(points.at(-1)).toBeCloseTo(60 + 2.5 * 219, 1)
})

test('a plan without bars, or of which nothing is said, has empty rows', () => {
  for (const bars of [[], [bar()]]) expect(count(plotPlan({ bars }, 'silence'), /<rect /g)).toBe(1)
})
