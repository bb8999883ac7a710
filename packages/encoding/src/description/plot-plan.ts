import { type ChartOptions, type Layer, type Point, panels } from '@vgm/charts'
import { chordIndex } from './chords.js'
import type { BarPlan, Plan } from './plan.js'

const width = 960
/** The points of an arc. */
const corners = 24
const colors = { exact: '#0072b2', varied: '#d55e00' } as const

/** A bar of a chart for each bar that says a number. */
function columns(bars: readonly BarPlan[], key: 'notes' | 'velocity'): Layer {
  const said = bars.flatMap((bar, index) => {
    const value = bar[key]
    return value === undefined ? [] : [{ from: index + 1, to: index + 1.9, value }]
  })
  return { kind: 'bars', bars: said }
}

/** The mean pitches, in lines that silence interrupts. */
function pitchLines(bars: readonly BarPlan[]): Layer[] {
  const lines: Point[][] = [[]]
  for (const [index, { pitch }] of bars.entries()) {
    if (pitch === undefined) lines.push([])
    else lines.at(-1)!.push([index + 1.05, pitch], [index + 1.85, pitch])
  }
  return lines
    .filter(points => points.length > 0)
    .map(points => ({ kind: 'line', points, width: 2, color: '#009e73' }))
}

/** A colour for each triad: neighbours on the circle of fifths are alike, minor is darker. */
function colorOf(chord: string): string {
  const index = chordIndex(chord) ?? 0
  const fifths = (index * 7) % 12
  return `hsl(${fifths * 30} 65% ${index < 12 ? 70 : 45}%)`
}

/** A cell for each half bar, a layer for each chord in the order of their appearance. */
function chordCells(bars: readonly BarPlan[]): Layer[] {
  const cells = new Map<string, { from: number; to: number; value: number }[]>()
  for (const [index, { chords = [] }] of bars.entries()) {
    for (const [half, chord] of chords.entries()) {
      if (chord === null) continue
      const from = index + 1 + half / 2
      cells.set(chord, [...(cells.get(chord) ?? []), { from, to: from + 0.5, value: 1 }])
    }
  }
  return [...cells].map(([name, each]) => ({ kind: 'bars', bars: each, name, color: colorOf(name) }))
}

/** An arc from each bar that comes back to where it was; as high as it is wide. */
function returnArcs(bars: readonly BarPlan[]): Layer[] {
  const named = new Set<string>()
  return bars.flatMap(({ returns }, index): Layer[] => {
    if (!returns) return []
    const { bars: distance, how } = returns
    const points = Array.from({ length: corners + 1 }, (_, corner): Point => {
      const angle = (Math.PI * corner) / corners
      return [index + 1.5 - (distance * (1 + Math.cos(angle))) / 2, distance * Math.sin(angle)]
    })
    const name = named.has(how) ? {} : { name: how }
    named.add(how)
    return [{ kind: 'line', points, color: colors[how], opacity: 0.7, ...name }]
  })
}

/** A plan as an SVG document: notes, velocity, pitch, chords and returns, each in a row over the bars. */
export function plotPlan({ bars }: Plan, title: string): string {
  const x = { label: '', domain: [1, Math.max(bars.length, 1) + 1] as const }
  const row = (name: string, y: ChartOptions['y'], layers: readonly Layer[], height = 150) => ({
    ...{ title: name, x, y, layers, width, height }
  })
  const rows = [
    row('Notes', { label: 'in the bar', ticks: 3 }, [columns(bars, 'notes')]),
    row('Velocity', { label: 'mean', domain: [0, 127], ticks: 3 }, [columns(bars, 'velocity')]),
    row('Pitch', { label: 'mean', ticks: 3 }, pitchLines(bars)),
    row('Chords', { label: '', domain: [0, 1], ticks: 0 }, chordCells(bars)),
    { ...row('Returns', { label: 'bars ago', ticks: 3 }, returnArcs(bars)), x: { ...x, label: 'bar' } }
  ]
  return panels(rows, { title })
}
