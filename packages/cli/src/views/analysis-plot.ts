import { basename, extname } from 'node:path'
import { chart, type Layer } from '@vgm/charts'
import { phraseBars } from '@vgm/emotion'
import type { JudgedAnalysis } from '../inputs/analyze-files.js'
import { standardStream } from '../terminal/files.js'

const longestName = 17

/**
 * The curves of pieces over their bars, as an SVG document: how positive the phrase is that begins with each bar.
 *
 * @source Figure 5 of Ferreira & Whitehead 2019, where listeners judge
 */
export function plotAnalyses(analyses: readonly JudgedAnalysis[]): string {
  const single = analyses.length === 1 ? analyses[0] : undefined
  const lastBar = analyses.flatMap(({ curve }) => curve).reduce((last, { bar }) => Math.max(last, bar), 2)
  const layers = analyses.map(({ file, curve }): Layer => {
    const points = curve.map(({ bar, probability }) => [bar, probability] as const)
    const name = single === undefined ? { name: shortened(pieceName(file)) } : {}
    return points.length === 1 ? { kind: 'dots', points, ...name } : { kind: 'line', points, ...name }
  })
  return chart({
    title: single === undefined ? `${analyses.length} pieces, bar by bar` : pieceName(single.file),
    width: single === undefined ? 1000 : 720,
    x: { label: `bar (the first of ${phraseBars})`, domain: [1, lastBar] },
    y: { label: 'probability that it is positive', domain: [0, 1] },
    layers: [...layers, { kind: 'rule', y: 0.5 }]
  })
}

/** What a file's piece is called. */
export function pieceName(file: string): string {
  return file === standardStream ? 'standard input' : basename(file, extname(file))
}

/** Without its middle: names of one game or album often begin alike. */
function shortened(name: string): string {
  if (name.length <= longestName) return name
  const half = Math.floor((longestName - 1) / 2)
  return `${name.slice(0, half)}…${name.slice(-half)}`
}
