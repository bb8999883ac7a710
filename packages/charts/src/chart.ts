import { drawAxes } from './axes.js'
import { colorOf, drawLayer } from './layers.js'
import { scalesOf } from './scales.js'
import { documentOf, element, escapeText, textAt } from './svg.js'
import type { ChartOptions } from './types.js'

const margin = { top: 40, right: 24, bottom: 44, left: 60 }
const defaultSize = { width: 720, height: 400 }

function sizeOf({ width = defaultSize.width, height = defaultSize.height }: ChartOptions) {
  return { width, height }
}

/** The elements of a chart whose upper left corner is at 0, 0. */
function draw(options: ChartOptions): string[] {
  const { width, height } = sizeOf(options)
  const { x, y } = scalesOf(options, {
    x: [margin.left, width - margin.right],
    y: [height - margin.bottom, margin.top]
  })
  const colors = options.layers.map(colorOf)
  const legend = options.layers
    .map((layer, index) =>
      layer.name === undefined
        ? ''
        : element('tspan', { fill: colors[index] as string, dx: 10 }, escapeText(layer.name))
    )
    .join('')
  return [
    textAt(margin.left, 20, options.title, { 'font-weight': 'bold' }),
    ...drawAxes(options, x, y),
    ...options.layers.flatMap((layer, index) => drawLayer(layer, colors[index] as string, x, y)),
    ...(legend === ''
      ? []
      : [element('text', { x: width - margin.right, y: margin.top - 6, 'text-anchor': 'end' }, legend)])
  ]
}

/**
 * A chart as an SVG document.
 *
 * @throws {InvalidChartError} if a value is not finite.
 */
export function chart(options: ChartOptions): string {
  const { width, height } = sizeOf(options)
  return documentOf(width, height, options.title, draw(options))
}

/**
 * Several charts in one SVG document, in rows from left to right.
 *
 * @param options.title What the document is called (default: the charts' titles).
 * @param options.columns Charts in a row (default: 1).
 * @throws {InvalidChartError} if a value is not finite.
 */
export function panels(
  charts: readonly ChartOptions[],
  options: { readonly title?: string; readonly columns?: number } = {}
): string {
  const columns = Math.max(1, Math.min(options.columns ?? 1, charts.length))
  const sizes = charts.map(sizeOf)
  const width = sizes.reduce((most, size) => Math.max(most, size.width), 0)
  const height = sizes.reduce((most, size) => Math.max(most, size.height), 0)
  const title = options.title ?? charts.map(each => each.title).join(', ')
  const groups = charts.map((each, index) => {
    const left = (index % columns) * width
    const top = Math.floor(index / columns) * height
    return element('g', { transform: `translate(${left} ${top})` }, `\n${draw(each).join('\n')}\n`)
  })
  return documentOf(width * columns, height * Math.ceil(charts.length / columns), title, groups)
}
