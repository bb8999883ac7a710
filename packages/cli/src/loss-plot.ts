import { chart } from '@vgm/charts'

/** One point of a loss curve: the epoch as a real number, the loss in nats per word. */
export interface LossPoint {
  readonly epoch: number
  readonly loss: number
}

/** The curves of training and validation loss over epochs, as an SVG document. */
export function plotLoss(training: readonly LossPoint[], validation: readonly LossPoint[]): string {
  const pointsOf = (points: readonly LossPoint[]) => points.map(({ epoch, loss }) => [epoch, loss] as const)
  const lastEpoch = Math.max(1, ...[...training, ...validation].map(({ epoch }) => epoch))
  return chart({
    title: 'Cross-entropy of training and validation by epoch',
    x: { label: 'epoch', domain: [0, lastEpoch] },
    y: { label: 'cross-entropy, nats per word' },
    layers: [
      { kind: 'line', points: pointsOf(training), width: 1, name: 'training' },
      { kind: 'line', points: pointsOf(validation), width: 2, color: '#d55e00', name: 'validation' },
      { kind: 'dots', points: pointsOf(validation), color: '#d55e00' }
    ]
  })
}
