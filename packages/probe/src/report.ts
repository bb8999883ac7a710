import { chart } from '@vgm/charts'
import { neuronsOf } from './neurons.js'
import type { Probe } from './types.js'
import type { Reliability } from './validation/reliability.js'
import type { ConfusionMatrix } from './validation/scores.js'

const positiveColor = '#1b7837'
const negativeColor = '#762a83'
const neutralColor = '#888888'

/** Bars thinner than this share of the axis cannot be seen. */
const thinnest = 1 / 400

/**
 * The weights by neuron, as in figure 4 of Ferreira & Whitehead (2019), as an SVG document.
 *
 * @param options.title Default: how many neurons the probe uses, out of how many.
 */
export function weightsChart(
  probe: Pick<Probe, 'weights'>,
  options: { readonly title?: string; readonly width?: number; readonly height?: number } = {}
): string {
  const { title, ...size } = options
  const used = neuronsOf(probe)
  const total = probe.weights.length
  const half = Math.max(0.5, (total * thinnest) / 2)
  const bars = (sign: number) =>
    used
      .filter(({ weight }) => Math.sign(weight) === sign)
      .map(({ neuron, weight }) => ({ from: neuron - half, to: neuron + half, value: weight }))
  return chart({
    title: title ?? `Weights of ${used.length} of ${total} neurons`,
    ...size,
    x: { label: 'neuron', domain: [-half, total - 1 + half] },
    y: { label: 'weight', ...(used.length === 0 ? { domain: [-1, 1] } : {}) },
    layers: [
      { kind: 'rule', y: 0, color: neutralColor },
      { kind: 'bars', bars: bars(1), color: positiveColor, name: 'positive' },
      { kind: 'bars', bars: bars(-1), color: negativeColor, name: 'negative' }
    ]
  })
}

/** How often each probability came true, with its 95 % interval, beside the diagonal of a calibrated probe, as SVG. */
export function reliabilityChart({ bins }: Reliability, options: { readonly title?: string } = {}): string {
  return chart({
    title: options.title ?? 'Reliability',
    width: 440,
    height: 440,
    x: { label: 'probability', domain: [0, 1] },
    y: { label: 'share of positives', domain: [0, 1] },
    layers: [
      {
        kind: 'line',
        points: [
          [0, 0],
          [1, 1]
        ],
        color: neutralColor,
        name: 'calibrated'
      },
      ...bins.map(({ meanProbability, interval: [low, high] }) => ({
        kind: 'line' as const,
        points: [
          [meanProbability, low],
          [meanProbability, high]
        ] as const,
        color: positiveColor,
        opacity: 0.4
      })),
      {
        kind: 'line',
        points: bins.map(bin => [bin.meanProbability, bin.positiveRate] as const),
        color: positiveColor,
        name: 'probe'
      },
      {
        kind: 'dots',
        points: bins.map(bin => [bin.meanProbability, bin.positiveRate] as const),
        color: positiveColor
      }
    ]
  })
}

/** Right and wrong answers by class, as an SVG document. */
export function confusionChart(
  confusion: ConfusionMatrix,
  options: { readonly title?: string } = {}
): string {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion
  const bars = (offset: number, negatives: number, positives: number) =>
    [negatives, positives].map((value, at) => ({ from: at + offset - 0.3, to: at + offset, value }))
  return chart({
    title: options.title ?? 'Answers by class',
    width: 440,
    height: 320,
    x: { label: 'label', categories: ['negative', 'positive'] },
    y: { label: 'examples' },
    layers: [
      {
        kind: 'bars',
        bars: bars(0, trueNegatives, falseNegatives),
        color: negativeColor,
        name: 'said negative'
      },
      {
        kind: 'bars',
        bars: bars(0.3, falsePositives, truePositives),
        color: positiveColor,
        name: 'said positive'
      }
    ]
  })
}

/** The matrix as a table of text: a row per label, a column per answer. */
export function formatConfusion(confusion: ConfusionMatrix): string {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion
  const rows = [
    ['', 'said negative', 'said positive'],
    ['negative', String(trueNegatives), String(falsePositives)],
    ['positive', String(falseNegatives), String(truePositives)]
  ]
  return rows
    .map(([label, ...cells]) => `${label!.padEnd(8)}${cells.map(cell => cell.padStart(15)).join('')}\n`)
    .join('')
}
