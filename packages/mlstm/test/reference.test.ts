import { expectClose } from '@vgm/nn/contract'
import { expect, test } from 'vitest'
import { golden, goldenModel } from './models.js'
import {
  type ReferenceState,
  referenceCrossEntropy,
  referenceLogits,
  referenceStep,
  zeroState
} from './reference.js'
import { toyEnd } from './toy.js'

test('the reference in plain TypeScript gives the logits, states and loss of PyTorch (float64 both: rtol 1e-7)', () => {
  const { lanes, window, config, steps } = golden
  const [first] = steps
  const tolerance = { rtol: 1e-7, atol: 1e-9 } // the golden file has nine digits
  const { units: H, vocabularySize: V } = config
  const row = (values: readonly number[], lane: number) =>
    Float64Array.from(values.slice(lane * H, (lane + 1) * H))
  let total = 0
  for (let lane = 0; lane < lanes; lane++) {
    let state: ReferenceState = { h: row(golden.h, lane), c: row(golden.c, lane) }
    for (let t = 0; t < window; t++) {
      const at = t * lanes + lane
      if (first!.ids[at] === toyEnd) state = zeroState(goldenModel) // a new piece
      state = referenceStep(goldenModel, first!.ids[at]!, state)
      const logits = referenceLogits(goldenModel, state)
      expectClose(logits, first!.logits.slice(at * V, (at + 1) * V), tolerance, `logits at ${t}, ${lane}`)
      total += referenceCrossEntropy(logits, first!.targets[at]!)
    }
    expectClose(state.h, row(first!.h, lane), tolerance, `h of lane ${lane}`)
    expectClose(state.c, row(first!.c, lane), tolerance, `c of lane ${lane}`)
  }
  expect(total / (lanes * window)).toBeCloseTo(first!.loss, 8)
})
