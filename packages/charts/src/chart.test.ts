import { describe, expect, test } from 'vitest'
import { chart, InvalidChartError, panels } from './index.js'

const axes = {
  x: { label: 'epoch', domain: [0, 10] as const },
  y: { label: 'loss', domain: [0, 4] as const }
}

describe('chart', () => {
  test('puts data between the margins: domain ends on the ends of the axes', () => {
    const svg = chart({
      title: 'Loss',
      ...axes,
      layers: [
        {
          kind: 'line',
          points: [
            [0, 0],
            [10, 4]
          ],
          color: '#123456',
          width: 2
        }
      ]
    })
    expect(svg).toContain('<path d="M60,356L696,40" fill="none" stroke="#123456" stroke-width="2"/>')
    expect(svg).toContain('viewBox="0 0 720 400"')
    expect(svg).toContain('<title>Loss</title>')
  })

  test('draws dots, bars that stand on 0, and rules', () => {
    const svg = chart({
      title: 'All',
      x: { label: 'x', domain: [0, 10] },
      y: { label: 'y', domain: [-4, 4] },
      layers: [
        { kind: 'dots', points: [[5, 0]], radius: 7 },
        { kind: 'bars', bars: [{ from: 0, to: 5, value: -4 }], opacity: 0.5 },
        { kind: 'rule', x: 10 }
      ]
    })
    expect(svg).toContain('<circle cx="378" cy="198" r="7"')
    expect(svg).toContain('<rect x="60" y="198" width="318" height="158"')
    expect(svg).toContain('fill-opacity="0.5"')
    expect(svg).toMatch(/<line x1="696" x2="696" y1="356" y2="40"[^>]*stroke-dasharray/)
  })

  test('numbers the axes, or names their categories', () => {
    const svg = chart({
      title: 'Keys',
      x: { label: 'key', categories: ['C', 'G'] },
      y: { label: 'pieces', domain: [0, 2], ticks: 2 },
      layers: [{ kind: 'bars', bars: [{ from: -0.4, to: 0.4, value: 2 }] }]
    })
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1])
    expect(texts).toEqual(['Keys', '0', '1', '2', 'C', 'G', 'key', 'pieces'])
    expect(svg).toContain('<text x="219" y="374" text-anchor="middle">C</text>')
  })

  test('chooses a domain that holds every layer', () => {
    const svg = chart({
      title: 'Domain',
      x: { label: 'x' },
      y: { label: 'y' },
      layers: [
        { kind: 'bars', bars: [{ from: 0, to: 1, value: 3 }] },
        { kind: 'dots', points: [[9.7, 4.9]] }
      ]
    })
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(match => match[1])
    expect(texts).toContain('10')
    expect(texts.slice(1, 7)).toEqual(['0', '1', '2', '3', '4', '5'])
  })

  test('names layers in the legend, in their colours', () => {
    const svg = chart({
      title: 'Two',
      ...axes,
      layers: [
        { kind: 'dots', points: [[1, 1]], name: 'a < b' },
        { kind: 'dots', points: [[2, 2]], name: 'c' }
      ]
    })
    expect(svg).toContain(
      '<tspan fill="#0072b2" dx="10">a &lt; b</tspan><tspan fill="#d55e00" dx="10">c</tspan>'
    )
  })

  test('is a chart without data, too', () => {
    const svg = chart({ title: 'Empty', x: { label: 'x' }, y: { label: 'y' }, layers: [] })
    const texts = [...svg.matchAll(/<text x="([^"]+)" y="([^"]+)"[^>]*>([01])\.0<\/text>/g)]
    // Both axes go from 0 to 1, from end to end.
    expect(texts.map(([, x, y, value]) => [Number(x), Number(y), value])).toEqual([
      [expect.any(Number), expect.closeTo(356, -1), '0'],
      [expect.any(Number), expect.closeTo(40, -1), '1'],
      [60, expect.any(Number), '0'],
      [696, expect.any(Number), '1']
    ])
    expect(svg).not.toContain('<path')
  })

  test('lets no text out of its element', () => {
    const svg = chart({ title: '</title><script>"&', ...axes, layers: [] })
    expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;&quot;&amp;</title>')
    expect(svg).not.toContain('<script>')
  })

  test('refuses what is no number', () => {
    const draw = () => chart({ title: 'Bad', ...axes, layers: [{ kind: 'rule', y: Number.NaN }] })
    expect(draw).toThrow(InvalidChartError)
    expect(draw).toThrow('chart: "Bad": y expected finite numbers, got NaN')
  })
})

test('panels puts charts side by side, row by row', () => {
  const one = { title: 'One', ...axes, layers: [], width: 300, height: 200 }
  const svg = panels([one, { ...one, title: 'Two' }, { ...one, title: 'Three' }], { columns: 2 })
  expect(svg).toContain('viewBox="0 0 600 400"')
  expect([...svg.matchAll(/translate\((\d+) (\d+)\)">\n<text/g)].map(([, x, y]) => [x, y])).toEqual([
    ['0', '0'],
    ['300', '0'],
    ['0', '200']
  ])
  expect(svg).toContain('<title>One, Two, Three</title>')
})
