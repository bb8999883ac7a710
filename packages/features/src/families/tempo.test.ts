import { describe, it } from 'vitest'
import { expectFamily, line, ticksPerQuarter, tune } from '../../test/phrases.js'
import { tempoFeatures } from './tempo.js'

describe('tempo', () => {
  it('takes 120 bpm where nothing is said', () => {
    expectFamily(tempoFeatures, tune, { 'mean-tempo': 120, 'tempo-variability': 0 })
    const tempos = [{ tick: 8 * ticksPerQuarter, tempoBpm: 60 }]
    expectFamily(tempoFeatures, tune, { 'mean-tempo': 120, 'tempo-variability': 0 }, { tempos })
  })

  it('weighs tempos by their seconds, within the phrase only', () => {
    // From its first onset at quarter 4 on, the phrase has four quarters at 60 bpm and four at 120.
    const tempos = [
      { tick: 0, tempoBpm: 300 },
      { tick: 3 * ticksPerQuarter, tempoBpm: 60 },
      { tick: 8 * ticksPerQuarter, tempoBpm: 120 },
      { tick: 12 * ticksPerQuarter, tempoBpm: 30 }
    ]
    const expected = { 'mean-tempo': 80, 'tempo-variability': Math.sqrt(800) }
    expectFamily(tempoFeatures, line([60, 62, 64, 65], 2, 4), expected, { tempos })
  })
})
