import { line } from 'd3-shape'
import type { Scale } from './scales.js'
import { element, round } from './svg.js'
import type { Layer, Point } from './types.js'

/** Colours that readers who do not tell red from green apart can tell apart, too (Okabe and Ito 2008). */
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000']

/** The colour of a layer: its own, or the next of the palette. */
export function colorOf(layer: Layer, index: number): string {
  if (layer.color !== undefined) return layer.color
  return layer.kind === 'rule' ? '#888' : (palette[index % palette.length] as string)
}

/** The elements of a layer between the given scales. */
export function drawLayer(layer: Layer, color: string, x: Scale, y: Scale): string[] {
  const { opacity } = layer
  switch (layer.kind) {
    case 'line': {
      const path = line<Point>(
        point => round(x(point[0])),
        point => round(y(point[1]))
      )
      return [
        element('path', {
          d: path(layer.points) ?? '',
          fill: 'none',
          stroke: color,
          'stroke-width': layer.width ?? 1.5,
          'stroke-opacity': opacity
        })
      ]
    }
    case 'dots':
      return layer.points.map(([left, top]) =>
        element('circle', {
          cx: x(left),
          cy: y(top),
          r: layer.radius ?? 3,
          fill: color,
          'fill-opacity': opacity
        })
      )
    case 'bars':
      return layer.bars.map(({ from, to, value }) => {
        const [top, bottom] = [y(Math.max(0, value)), y(Math.min(0, value))]
        return element('rect', {
          x: x(from),
          y: top,
          width: x(to) - x(from),
          height: bottom - top,
          fill: color,
          'fill-opacity': opacity
        })
      })
    case 'rule': {
      const [left, right] = x.range() as [number, number]
      const [bottom, top] = y.range() as [number, number]
      const ink = { stroke: color, 'stroke-dasharray': '4 3', 'stroke-opacity': opacity }
      return [
        ...(layer.x === undefined
          ? []
          : [element('line', { x1: x(layer.x), x2: x(layer.x), y1: bottom, y2: top, ...ink })]),
        ...(layer.y === undefined
          ? []
          : [element('line', { x1: left, x2: right, y1: y(layer.y), y2: y(layer.y), ...ink })])
      ]
    }
  }
}
