import type { Scale } from './scales.js'
import { element, textAt } from './svg.js'
import type { Axis, ChartOptions } from './types.js'

interface Tick {
  readonly value: number
  readonly text: string
}

function ticksOf({ categories, ticks: wanted }: Axis, scale: Scale, byDefault: number): Tick[] {
  if (categories !== undefined) return categories.map((text, value) => ({ value, text }))
  const count = wanted ?? byDefault
  const format = scale.tickFormat(count)
  return scale.ticks(count).map(value => ({ value, text: format(value) }))
}

/** The grid, the ticks with their names, and the labels of both axes. */
export function drawAxes(options: ChartOptions, x: Scale, y: Scale): string[] {
  const [left, right] = x.range() as [number, number]
  const [bottom, top] = y.range() as [number, number]
  const horizontal = ticksOf(options.y, y, 6).flatMap(({ value, text }) => [
    element('line', { x1: left, x2: right, y1: y(value), y2: y(value), stroke: '#ddd' }),
    textAt(left - 8, y(value) + 4, text, { 'text-anchor': 'end' })
  ])
  const vertical = ticksOf(options.x, x, 8).map(({ value, text }) =>
    textAt(x(value), bottom + 18, text, { 'text-anchor': 'middle' })
  )
  const middle = (bottom + top) / 2
  return [
    ...horizontal,
    ...vertical,
    textAt((left + right) / 2, bottom + 36, options.x.label, { 'text-anchor': 'middle' }),
    textAt(0, 0, options.y.label, {
      'text-anchor': 'middle',
      transform: `translate(${left - 44} ${middle}) rotate(-90)`
    })
  ]
}
