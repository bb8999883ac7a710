import { type ScaleLinear, scaleLinear } from 'd3-scale'
import { InvalidChartError } from './errors.js'
import type { Axis, ChartOptions, Layer } from './types.js'

/** From data to pixels. */
export type Scale = ScaleLinear<number, number>

/** The values of a layer on both axes. */
function valuesOf(layer: Layer): { x: number[]; y: number[] } {
  switch (layer.kind) {
    case 'line':
    case 'dots':
      return { x: layer.points.map(([x]) => x), y: layer.points.map(([, y]) => y) }
    case 'bars':
      return {
        x: layer.bars.flatMap(bar => [bar.from, bar.to]),
        y: layer.bars.length === 0 ? [] : [0, ...layer.bars.map(bar => bar.value)]
      }
    case 'rule':
      return { x: layer.x === undefined ? [] : [layer.x], y: layer.y === undefined ? [] : [layer.y] }
  }
}

function domainOf(axis: Axis, values: readonly number[]): [number, number] {
  if (axis.categories !== undefined) return [-0.5, axis.categories.length - 0.5]
  if (axis.domain !== undefined) return [...axis.domain]
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  if (least > most) return [0, 1]
  return least === most ? [least - 0.5, most + 0.5] : [least, most]
}

function scaleOf(axis: Axis, values: readonly number[], pixels: readonly [number, number]): Scale {
  const scale = scaleLinear(domainOf(axis, values), pixels)
  return axis.domain === undefined && axis.categories === undefined ? scale.nice() : scale
}

/**
 * The scales of both axes.
 *
 * @throws {InvalidChartError} if a value is not finite.
 */
export function scalesOf(
  { title, x, y, layers }: ChartOptions,
  pixels: { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
): { readonly x: Scale; readonly y: Scale } {
  const values = layers.map(valuesOf)
  const all = { x: values.flatMap(value => value.x), y: values.flatMap(value => value.y) }
  for (const axis of ['x', 'y'] as const) {
    const wrong = all[axis].find(value => !Number.isFinite(value))
    if (wrong !== undefined) throw new InvalidChartError(title, axis, wrong)
  }
  return { x: scaleOf(x, all.x, pixels.x), y: scaleOf(y, all.y, pixels.y) }
}
