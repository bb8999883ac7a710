import { expect, test } from 'vitest'
import { readMutants, seeded, soundFiles } from './mutants.js'

test('4,000 damaged files give a score or a typed error, each within 200 ms', () => {
  const draw = seeded(31)
  const report = readMutants(soundFiles(draw), 4000, draw)
  expect(report.scores).toBeGreaterThan(2000)
  expect(report.warned).toBeGreaterThan(1000)
  expect(Object.keys(report.errors)).toContain('MIDI_DATA_BYTE')
  expect(report.slowest).toBeLessThan(200)
}, 60_000)
