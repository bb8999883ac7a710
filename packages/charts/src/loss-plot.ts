import { chart } from './chart.js'

/** A point of a loss curve. */
export interface LossPoint {
  /** As a real number: 1.5 is half through the second epoch. */
  readonly epoch: number
  /** In nats per word. */
  readonly loss: number
}

/** More points than a plot has pixels are not worth their bytes. */
const mostPoints = 1024

/** The curves of training and validation loss over epochs, as an SVG document. Long curves are thinned. */
export function plotLoss(training: readonly LossPoint[], validation: readonly LossPoint[]): string {
  const heard = thin(training)
  const measured = thin(validation)
  const lastEpoch = Math.max(1, training.at(-1)?.epoch ?? 0, validation.at(-1)?.epoch ?? 0)
  return chart({
    title: 'Cross-entropy of training and validation by epoch',
    x: { label: 'epoch', domain: [0, lastEpoch] },
    y: { label: 'cross-entropy, nats per word' },
    layers: [
      { kind: 'line', points: heard, width: 1, name: 'training' },
      { kind: 'line', points: measured, width: 2, color: '#d55e00', name: 'validation' },
      { kind: 'dots', points: measured, color: '#d55e00' }
    ]
  })
}

/** At most {@link mostPoints} points: the means of stretches of equal length. */
function thin(points: readonly LossPoint[]): (readonly [number, number])[] {
  const stretch = Math.ceil(points.length / mostPoints)
  const thinned: (readonly [number, number])[] = []
  for (let from = 0; from < points.length; from += stretch) {
    const to = Math.min(from + stretch, points.length)
    let [epochs, losses] = [0, 0]
    for (let index = from; index < to; index++) {
      epochs += points[index]!.epoch
      losses += points[index]!.loss
    }
    thinned.push([epochs / (to - from), losses / (to - from)])
  }
  return thinned
}
