import { describe, expect, it } from 'vitest'
import { confusionChart, formatConfusion, reliability, reliabilityChart, weightsChart } from './index.js'

const confusion = { truePositives: 50, falsePositives: 12, trueNegatives: 30, falseNegatives: 8 }

/** How many bars of the colour the document has. */
const bars = (svg: string, color: string) => svg.match(new RegExp(`<rect [^>]*"${color}"`, 'g'))?.length ?? 0

describe('reports', () => {
  it('draw a bar for each neuron in use, and say how many there are', () => {
    const one = weightsChart({ weights: Float64Array.of(0, 2, 0, 0) })
    const three = weightsChart({ weights: Float64Array.of(0, 2, 1, -1) })
    expect(one.startsWith('<svg')).toBe(true)
    expect(one).toContain('Weights of 1 of 4 neurons')
    expect(three).toContain('Weights of 3 of 4 neurons')
    expect(bars(one, '#1b7837')).toBe(1)
    expect(bars(three, '#1b7837')).toBe(2)
    expect(bars(three, '#762a83')).toBe(1)
    expect(weightsChart({ weights: new Float64Array(3) })).toContain('Weights of 0 of 3 neurons')
  })

  it('draw what came true beside the diagonal', () => {
    const svg = reliabilityChart(reliability([1, 0, 1, 1], [0.1, 0.15, 0.9, 0.8], { bins: 2 }), {
      title: 'By piece'
    })
    expect(svg).toContain('By piece')
    expect(svg).toContain('share of positives')
    expect(svg.match(/<circle /g)).toHaveLength(2)
  })

  it('count answers by class', () => {
    expect(formatConfusion(confusion)).toBe(
      [
        '          said negative  said positive',
        'negative             30             12',
        'positive              8             50',
        ''
      ].join('\n')
    )
    const svg = confusionChart(confusion)
    expect(bars(svg, '#1b7837')).toBe(2)
    expect(bars(svg, '#762a83')).toBe(2)
  })
})
