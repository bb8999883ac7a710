import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseMidi } from '@vgm/encoding'
import { describe, formatPlan, parsePlan } from '@vgm/encoding/description'
import { expect, test } from 'vitest'
import { midiFile } from './music.js'
import { done, temporaryFolder, vgm } from './vgm.js'

const bytes = midiFile(0)
const plan = describe(parseMidi(bytes))

test('prints the plan of a file or of standard input as text', async () => {
  const cwd = await temporaryFolder()
  await writeFile(join(cwd, 'tune.mid'), bytes)
  const { stdout, stderr } = await done(['describe', 'tune.mid'], { cwd })
  expect({ stdout, stderr }).toEqual({ stdout: formatPlan(plan), stderr: '' })
  expect(parsePlan(stdout)).toEqual(plan)
  expect((await done(['describe', '-'], { input: bytes })).stdout).toBe(stdout)
})

test('--json, --out and --svg', async () => {
  const cwd = await temporaryFolder()
  const { stdout } = await done(['describe', '-', '--json', '--out', 'a.json', '--svg', 'a.svg'], {
    cwd,
    input: bytes
  })
  expect(stdout).toBe('')
  expect(JSON.parse(await readFile(join(cwd, 'a.json'), 'utf8'))).toEqual(plan)
  expect(await readFile(join(cwd, 'a.svg'), 'utf8')).toContain('<title>standard input</title>')
})

test('what is no MIDI file is named', async () => {
  expect(await vgm(['describe', '-'], { input: 'no MIDI' })).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'vgm: standard input: not a MIDI file: expected "MThd", got "no M" at byte 0\n'
  })
})
