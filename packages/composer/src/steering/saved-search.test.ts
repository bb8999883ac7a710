import { expect, test } from 'vitest'
import { differingSetting, searchFromJson, searchToJson } from './saved-search.js'

const settings = { seed: 0, judge: 'sha256:1', method: { name: 'gradient', learningRate: 0.1 } }
const steering = { mode: 'add', neurons: Int32Array.of(1, 2), offsets: Float32Array.of(0.1, -0.25) } as const
const saved = { settings, history: [{ step: 1, cost: 0.25 }], state: '{"step":1}', steering }

test('a search is read back as it was', () => {
  expect(searchFromJson(searchToJson(saved))).toEqual(saved)
})

test('a damaged search is named where it is', () => {
  const damaged = (changes: object) => () =>
    searchFromJson(JSON.stringify({ ...JSON.parse(searchToJson(saved)), ...changes }))
  expect(() => searchFromJson('{')).toThrow('is not JSON')
  expect(damaged({ format: 'other' })).toThrow('format expected')
  expect(damaged({ history: [{}] })).toThrow('history[0].step is missing')
  expect(damaged({ steering: { mode: 'add', neurons: [1], offsets: [null] } })).toThrow(
    'steering.offsets[0] expected number, got null'
  )
})

test.each([
  [{ seed: 4 }, { name: 'seed', saved: 0, given: 4 }],
  [{ method: { name: 'genetic' } }, { name: 'method', saved: settings.method, given: { name: 'genetic' } }],
  [{ music: 'folder' }, { name: 'music', saved: undefined, given: 'folder' }],
  [{}, undefined],
  [{ method: { learningRate: 0.1, name: 'gradient' } }, undefined]
])('other settings are found: %j', (changes, differing) => {
  expect(differingSetting(saved, { ...settings, ...changes })).toEqual(differing)
})
