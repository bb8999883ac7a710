import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'tsup'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'vgm-memory-'))
const source = resolve(import.meta.dirname, '../src/midi/parse-midi.ts')

beforeAll(async () => {
  await build({
    config: false,
    entry: [source],
    format: 'esm',
    noExternal: [/.*/],
    esbuildOptions(options) {
      options.conditions = ['@vgm/source']
    },
    outDir: folder,
    outExtension: () => ({ js: '.mjs' }),
    silent: true
  })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

function peak(ends: 0 | 1): { notes: number; megabytes: number } {
  const script = resolve(import.meta.dirname, 'peak-memory.mjs')
  const printed = execFileSync(process.execPath, [script, join(folder, 'parse-midi.mjs'), `${ends}`])
  return JSON.parse(printed.toString()) as { notes: number; megabytes: number }
}

test('900,000 events are read in 150 MB, Node included', () => {
  const { notes, megabytes } = peak(1)
  expect(notes).toBe(450_000)
  expect(megabytes).toBeLessThan(150)
}, 60_000)

test('900,000 notes that never end are read in 220 MB, of which they are 72', () => {
  const { notes, megabytes } = peak(0)
  expect(notes).toBe(900_000)
  expect(megabytes).toBeLessThan(220)
}, 60_000)
