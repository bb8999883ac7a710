import { keys } from '@vgm/key-velocity'
import { expect, test } from 'vitest'
import { analysisOf, analysisRow } from './analysis.js'

const facts = { key: { ...keys[0]!, correlation: 1 }, tempoBpm: 119.6, bars: 6, seconds: 12 }
const phrase = (bar: number, probability: number) => ({ bar, lastBar: bar + 3, startSec: 0, probability })

test('a judged file has the verdict, and the least and most positive bars', () => {
  const curve = [phrase(1, 0.25), phrase(2, 0.75), phrase(3, 1)]
  const judged = {
    verdict: 'positive',
    probability: 2 / 3,
    lowest: curve[0]!,
    highest: curve[2]!,
    curve
  } as const
  const analysis = analysisOf({ file: 'a.mid' }, { ...facts, notes: 40, ...judged })
  expect(analysis).toEqual({ file: 'a.mid', key: facts.key, tempoBpm: 119.6, bars: 6, ...judged })
  expect(analysisRow(analysis)).toEqual({
    ...{ file: 'a.mid', verdict: 'positive', probability: '0.667', key: 'C major', tempoBpm: 120, bars: 6 },
    ...{ lowest: '0.250', lowestBars: '1-4', highest: '1.000', highestBars: '3-6' }
  })
})

test('a file of a few notes has the reason, and no numbers', () => {
  const none = { verdict: null, probability: null, lowest: null, highest: null, curve: [] } as const
  const analysis = analysisOf({ file: 'a.mid' }, { ...facts, notes: 1, ...none })
  expect(analysis).toMatchObject({ reason: 'too short to judge: 1 note, at least 8 are needed', curve: null })
  expect(analysisRow(analysis)).toMatchObject({
    verdict: 'too short to judge',
    probability: '',
    lowestBars: ''
  })
})
