import type { Phrase } from '../phrase/phrase.js'
import type { Feature } from './feature.js'
import { steps } from './statistics.js'

/** The part of the runs of `length` items that were there before; `0` where there are fewer than two runs. */
function repeatedRuns(items: readonly (number | string)[], length: number): number {
  const seen = new Set<string>()
  let repeated = 0
  const runs = items.length - length + 1
  for (let from = 0; from < runs; from++) {
    const run = items.slice(from, from + length).join(' ')
    if (seen.has(run)) repeated++
    seen.add(run)
  }
  return runs < 2 ? 0 : repeated / (runs - 1)
}

/** Each bar's notes in order, the time in 32nds from its beginning; with pitches or without. Empty bars are left out. */
function bars({ notes, metre, ticksPerQuarter }: Phrase, withPitches: boolean): string[] {
  const found = new Map<number, Set<string>>()
  for (const { startTick, pitch } of notes) {
    const bar = metre.barAt(startTick)
    const time = Math.round(((startTick - bar.startTick) / ticksPerQuarter) * 8)
    const events = found.get(bar.index) ?? new Set()
    found.set(bar.index, events.add(withPitches ? `${time}:${pitch}` : `${time}`))
  }
  return [...found.values()].map(events => [...events].join(' '))
}

/** How much of the music is repeated. */
export const repetitionFeatures: readonly Feature[] = [
  {
    name: 'repeated-melodic-patterns',
    unit: 'share',
    range: [0, 1],
    source: 'Conklin & Anagnostopoulou 2001: interval patterns',
    description:
      'Part of the runs of three steps of the top voice, in semitones, but the first, that were there before; 0 where there are fewer than two runs.',
    compute: ({ melody }) => repeatedRuns(steps(melody.map(note => note.pitch)), 3)
  },
  {
    name: 'repeated-bars',
    unit: 'share',
    range: [0, 1],
    source: 'Foote 1999: self-similarity, of bars',
    description:
      'Part of the bars with notes, but the first, whose onsets and pitches are those of an earlier bar; 0 where there is one.',
    compute: phrase => repeatedRuns(bars(phrase, true), 1)
  },
  {
    name: 'repeated-bar-rhythms',
    unit: 'share',
    range: [0, 1],
    source: 'Foote 1999: self-similarity, of the rhythm of bars',
    description:
      'Part of the bars with notes, but the first, whose onsets are those of an earlier bar; 0 where there is one.',
    compute: phrase => repeatedRuns(bars(phrase, false), 1)
  }
]
