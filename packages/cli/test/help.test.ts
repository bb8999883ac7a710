import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultTrainSettings } from '@vgm/nn'
import { expect, test } from 'vitest'
import { done, vgm } from './vgm.js'

const commands = [
  'generate',
  'encode',
  'decode',
  'describe',
  'train',
  'evaluate',
  'probe',
  'steer',
  'analyze',
  'reproduce',
  'label',
  'dataset',
  'export',
  'doctor'
]
const groups = ['dataset', 'reproduce']
const datasetCommands = ['fetch', 'encode', 'stats', 'summarize']

test('vgm --help lists the commands in order', async () => {
  const { stdout, stderr } = await done(['--help'])
  expect([...stdout.matchAll(/^ {2}(\w+) (?:\[options\]| )/gm)].map(([, name]) => name)).toEqual(commands)
  expect(stderr).toBe('')
})

test('vgm dataset --help lists its commands', async () => {
  const { stdout } = await done(['dataset', '--help'])
  expect([...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map(([, name]) => name)).toEqual(datasetCommands)
})

test.each([
  ...commands.filter(name => !groups.includes(name)),
  ...datasetCommands.map(name => `dataset ${name}`),
  'reproduce sentiment'
])('vgm %s --help gives examples', async command => {
  const { stdout } = await done([...command.split(' '), '--help'])
  expect(stdout).toContain(`Usage: vgm ${command} `)
  expect(stdout).toMatch(new RegExp(`\\nExamples:\\n.*vgm ${command}`))
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
})

test('vgm without a command shows the help on standard error and fails as a wrong call', async () => {
  const { code, stdout, stderr } = await vgm([])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe((await done(['--help'])).stdout)
})

test('vgm --version prints the version of the package', async () => {
  const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../package.json'), 'utf8'))
  expect((await done(['--version'])).stdout).toBe(`${manifest.version}\n`)
})

test('vgm train --help names the defaults that training has', async () => {
  const text = (await done(['train', '--help'])).stdout.replaceAll(/\s+/g, ' ')
  const { epochs, learningRate, patience, seed } = defaultTrainSettings
  const named = { epochs, batch: 32, window: 256, 'learning-rate': learningRate, patience, seed }
  for (const [option, value] of Object.entries(named)) {
    expect(text).toMatch(new RegExp(`--${option} <.> [^(]*\\(default: ${value}[,)]`))
  }
})
