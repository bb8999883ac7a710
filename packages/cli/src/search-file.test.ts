import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { CommandError, UsageError } from './errors.js'
import { SearchFile } from './search-file.js'

let path: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-search-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  path = join(folder, 'a.search.json')
})

const settings = { seed: 0, probeWeights: 'sha256:1', method: { name: 'gradient', learningRate: 0.1 } }
const steering = { mode: 'add', neurons: Int32Array.of(1, 2), offsets: Float32Array.of(0.5, -0.25) } as const
const step = { step: 1, probability: 0.5, excess: 0, cost: 0.25, steering, state: '{"step":1}' }

test('a search that was stopped goes on with the same settings only', async () => {
  await (await SearchFile.open(path, settings, false)).save(step)
  await expect(SearchFile.open(path, settings, false)).rejects.toThrow('go on with --resume, or delete it')
  const { history, begun } = await SearchFile.open(path, settings, true)
  expect(begun).toEqual({ steering, state: step.state })
  expect(history).toEqual([{ step: 1, probability: 0.5, excess: 0, cost: 0.25 }])
  for (const [changed, problem] of [
    [{ seed: 4 }, 'was begun with seed 0, not 4'],
    [{ probeWeights: 'sha256:2' }, 'was begun with probeWeights "sha256:1"'],
    [{ method: { name: 'genetic' } }, 'was begun with method']
  ] as const) {
    const other = SearchFile.open(path, { ...settings, ...changed }, true)
    await expect(other).rejects.toThrow(UsageError)
    await expect(other).rejects.toThrow(problem)
  }
})

test('there has to be a search to resume, and it has to be whole', async () => {
  await expect(SearchFile.open(path, settings, true)).rejects.toThrow('no such search to resume')
  await (await SearchFile.open(path, settings, false)).save(step)
  const document = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...document, history: [{ step: 1 }] }))
  const damaged = SearchFile.open(path, settings, true)
  await expect(damaged).rejects.toThrow(CommandError)
  await expect(damaged).rejects.toThrow(`${path}: history[0].probability is missing`)
})
