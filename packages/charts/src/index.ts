export { chart, panels } from './chart.js'
export { InvalidChartError } from './errors.js'
export { type LossPoint, plotLoss } from './loss-plot.js'
export type { Axis, Bar, ChartOptions, Layer, Point } from './types.js'
