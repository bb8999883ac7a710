import { JsonError } from '@vgm/base'
import { expect, test } from 'vitest'
import { songBank, songBars } from '../../test/planned-toy.js'
import type { PlanBank } from './plan-bank.js'
import { planBankFromJson, planBankToJson } from './plan-bank-file.js'

test('a bank comes back from its file; means are rounded', () => {
  expect(planBankFromJson(planBankToJson(songBank))).toEqual(songBank)
  const [bar] = songBars
  const odd: PlanBank = {
    plans: [
      {
        mode: 'minor',
        bars: [
          { ...bar!, velocity: 80.4, pitch: 61.26, duration: 0.333, chords: [null, 'Bbm'] },
          { numerator: 3, denominator: 4, steps: 12, notes: 0, returns: { bars: 1, how: 'varied' } }
        ]
      }
    ]
  }
  const [first, second] = planBankFromJson(planBankToJson(odd)).plans[0]!.bars
  expect(first).toMatchObject({ velocity: 80, pitch: 61.3, duration: 0.33, chords: [null, 'Bbm'] })
  expect(second).toEqual(odd.plans[0]!.bars[1])
})

test.each([
  ['no JSON', 'plans'],
  ['another format', '{"format":"vgm-model","formatVersion":1,"plans":[]}'],
  ['a short row', '{"format":"vgm-plans","formatVersion":1,"plans":[{"mode":"major","bars":[[4,4,16]]}]}'],
  ['an unknown chord', planBankToJson(songBank).replace(',0,7,', ',0,24,')]
])('refuses %s', (_, text) => {
  expect(() => planBankFromJson(text)).toThrow(JsonError)
})
