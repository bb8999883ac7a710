import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'

/** One point of a loss curve: the epoch as a real number, the loss in nats per word. */
export interface LossPoint {
  readonly epoch: number
  readonly loss: number
}

const width = 720
const height = 400
const margin = { top: 24, right: 24, bottom: 44, left: 56 }

/** The curves of training and validation loss over epochs, as an SVG document. */
export function plotLoss(training: readonly LossPoint[], validation: readonly LossPoint[]): string {
  const points = [...training, ...validation]
  const losses = points.map(point => point.loss)
  const x = scaleLinear(
    [0, Math.max(1, ...points.map(point => point.epoch))],
    [margin.left, width - margin.right]
  )
  const y = scaleLinear(
    [Math.min(...losses), Math.max(...losses)],
    [height - margin.bottom, margin.top]
  ).nice()
  const curve = line<LossPoint>(
    point => x(point.epoch),
    point => y(point.loss)
  )
  const horizontal = y
    .ticks(6)
    .map(
      tick =>
        `<line x1="${margin.left}" x2="${width - margin.right}" y1="${y(tick)}" y2="${y(tick)}" stroke="#ddd"/>` +
        `<text x="${margin.left - 8}" y="${y(tick) + 4}" text-anchor="end">${y.tickFormat(6)(tick)}</text>`
    )
  const vertical = x
    .ticks(8)
    .map(
      tick => `<text x="${x(tick)}" y="${height - margin.bottom + 18}" text-anchor="middle">${tick}</text>`
    )
  const dots = validation.map(
    point => `<circle cx="${x(point.epoch)}" cy="${y(point.loss)}" r="3" fill="#d62728"/>`
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<title>Cross-entropy of training and validation by epoch</title>',
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...horizontal,
    ...vertical,
    `<path d="${curve(training) ?? ''}" fill="none" stroke="#1f77b4" stroke-width="1"/>`,
    `<path d="${curve(validation) ?? ''}" fill="none" stroke="#d62728" stroke-width="2"/>`,
    ...dots,
    `<text x="${(margin.left + width - margin.right) / 2}" y="${height - 8}" text-anchor="middle">epoch</text>`,
    `<text transform="translate(14 ${(height - margin.bottom + margin.top) / 2}) rotate(-90)" text-anchor="middle">cross-entropy, nats per word</text>`,
    `<text x="${width - margin.right}" y="${margin.top - 8}" text-anchor="end"><tspan fill="#1f77b4">training</tspan> <tspan fill="#d62728">validation</tspan></text>`,
    '</svg>',
    ''
  ].join('\n')
}
