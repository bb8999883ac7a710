import { expect, test } from 'vitest'
import { modelWith } from '../test/toy.js'
import { exportStep } from './export-step.js'

const model = modelWith({})
const steering = { mode: 'add', neurons: Int32Array.of(1), offsets: Float32Array.of(0.5) } as const
const textOf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

test('a step goes from a word and the state to the next, and says what it is steered to', () => {
  const plain = exportStep(model)
  const steered = exportStep(model, { steering, name: 'sad', strength: 0.5 })
  for (const { inputs, outputs, bytes } of [plain, steered]) {
    expect({ inputs, outputs }).toEqual({ inputs: ['id', 'h', 'c'], outputs: ['logits', 'h_next', 'c_next'] })
    expect(textOf(bytes)).toContain('d_quarter_0')
  }
  expect(textOf(plain.bytes)).not.toContain('sentiment')
  expect(textOf(steered.bytes)).toMatch(/sentiment[^a-z]+sad/)
})
