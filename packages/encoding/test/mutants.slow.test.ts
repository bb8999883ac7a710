import { expect, test } from 'vitest'
import { readMutants, seeded, soundFiles } from './mutants.js'
import { midiFiles, missingData, readData } from './vgm-data.js'

/** Every thirtieth file of the training music; none where the data are not here. */
function realFiles(): Uint8Array[] {
  if (missingData) return []
  return midiFiles('vgmidi-0.1/unlabelled/train')
    .filter((_, index) => index % 30 === 0)
    .map(path => Uint8Array.from(readData(path)))
}

test('100,000 damaged files give a score or a typed error, each within 200 ms', () => {
  const draw = seeded(32)
  const files = [...soundFiles(draw), ...realFiles()]
  const report = readMutants(files, 100_000, draw)
  process.stdout.write(`mutants of ${files.length} files: ${JSON.stringify(report)}\n`)
  expect(report.scores).toBeGreaterThan(50_000)
  expect(report.slowest).toBeLessThan(200)
}, 3_600_000)
