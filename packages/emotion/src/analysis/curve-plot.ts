import { chart, type Layer } from '@vgm/charts'
import type { PhraseEmotion } from '../curve.js'
import { phraseBars } from '../piece.js'

const longestName = 17

/** A piece's name and its curve. */
export interface NamedCurve {
  readonly name: string
  readonly curve: readonly Pick<PhraseEmotion, 'bar' | 'probability'>[]
}

/**
 * The curves of pieces over their bars, as an SVG document: how positive the phrase is that begins with each bar.
 *
 * @source Figure 5 of Ferreira & Whitehead 2019, where listeners judge
 */
export function plotCurves(pieces: readonly NamedCurve[]): string {
  const single = pieces.length === 1 ? pieces[0] : undefined
  const lastBar = pieces.flatMap(({ curve }) => curve).reduce((last, { bar }) => Math.max(last, bar), 2)
  const layers = pieces.map(({ name: piece, curve }): Layer => {
    const points = curve.map(({ bar, probability }) => [bar, probability] as const)
    const name = single === undefined ? { name: shortened(piece) } : {}
    return points.length === 1 ? { kind: 'dots', points, ...name } : { kind: 'line', points, ...name }
  })
  return chart({
    title: single === undefined ? `${pieces.length} pieces, bar by bar` : single.name,
    width: single === undefined ? 1000 : 720,
    x: { label: `bar (the first of ${phraseBars})`, domain: [1, lastBar] },
    y: { label: 'probability that it is positive', domain: [0, 1] },
    layers: [...layers, { kind: 'rule', y: 0.5 }]
  })
}

/** Without its middle: names of one game or album often begin alike. */
function shortened(name: string): string {
  if (name.length <= longestName) return name
  const half = Math.floor((longestName - 1) / 2)
  return `${name.slice(0, half)}…${name.slice(-half)}`
}
