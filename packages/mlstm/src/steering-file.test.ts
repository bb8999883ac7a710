import { ModelFormatError } from '@vgm/nn'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { steeringFromJson, steeringToJson } from './steering-file.js'

const steering = { mode: 'add', neurons: Int32Array.of(4, 1), offsets: Float32Array.of(0.1, -3e-8) } as const
const file = {
  steering,
  units: 5,
  model: 'sha256:ab',
  provenance: { target: 'positive', folder: '[2020]', ranges: [1, 2] }
}

test('any steering comes back bit for bit', () => {
  const offset = fc.float({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(fc.array(offset, { maxLength: 9 }), fc.constantFrom('add', 'set'), (values, mode) => {
      const neurons = Int32Array.from(values, (_, k) => k)
      const one = {
        ...file,
        units: 9,
        steering: { mode, neurons, offsets: Float32Array.from(values, v => v + 0) }
      } as const
      expect(steeringFromJson(steeringToJson(one), 'x.json', { units: 9, model: 'sha256:ab' })).toEqual(one)
    })
  )
})

test('numbers stay on one line, so that a diff shows what changed', () => {
  const text = steeringToJson(file)
  expect(text).toContain('\n  "neurons": [4, 1],\n  "offsets": [0.100000001, -2.99999989e-8]\n}\n')
  expect(JSON.parse(text).provenance).toEqual(file.provenance)
})

test('a steering of another model, or that is damaged, is refused by name', () => {
  const written = JSON.parse(steeringToJson(file))
  const bad: [unknown, string][] = [
    [{ ...written, format: 'vgm-steering-2' }, 'format: '],
    [{ ...written, mode: 'mix' }, 'mode: '],
    [{ ...written, units: 6 }, 'steers a model of 6 units, expected 5'],
    [{ ...written, model: 'sha256:cd' }, 'steers another model: sha256:cd, expected sha256:ab'],
    [{ ...written, offsets: [1] }, 'offsets: expected 2, one per neuron, got 1'],
    [{ ...written, offsets: [1, null] }, 'offsets.1: '],
    [{ ...written, neurons: [1, 5] }, 'neurons: expected each from 0 to 4 once, got 5'],
    [{ ...written, neurons: [1, 1] }, 'neurons: expected each from 0 to 4 once, got 1']
  ]
  for (const [document, message] of bad) {
    const read = () =>
      steeringFromJson(JSON.stringify(document), 'positive.json', { units: 5, model: 'sha256:ab' })
    expect(read, message).toThrow(ModelFormatError)
    expect(read, message).toThrow(`positive.json: ${message}`)
  }
  expect(() => steeringFromJson('{', 'positive.json', { units: 5 })).toThrow('positive.json: is not JSON')
})
