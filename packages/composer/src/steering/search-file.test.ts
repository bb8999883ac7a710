import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JsonError } from '@vgm/base'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { openSearchFile, SearchFileError } from './search-file.js'

let path: string
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-search-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  path = join(folder, 'a.search.json')
})

const settings = { seed: 0, probeWeights: 'sha256:1', method: { name: 'gradient', learningRate: 0.1 } }
const steering = { mode: 'add', neurons: Int32Array.of(1, 2), offsets: Float32Array.of(0.5, -0.25) } as const
const measures = { probability: 0.5, excess: 0, cost: 0.25 }
const step = { step: 1, measures, steering, state: '{"step":1}' }
const open = (resume: boolean, changed: object = {}) =>
  openSearchFile(path, {
    settings: { ...settings, ...changed },
    measures: ['probability', 'excess'],
    resume
  })

test('a search that was stopped goes on with the same settings only', async () => {
  await (await open(false)).save(step)
  await expect(open(false)).rejects.toMatchObject({ reason: 'exists', path })
  const { history, begun } = await open(true)
  expect(begun).toEqual({ steering, state: step.state })
  expect(history).toEqual([{ step: 1, ...measures }])
  for (const [changed, problem] of [
    [{ seed: 4 }, 'was begun with seed 0, not 4'],
    [{ probeWeights: 'sha256:2' }, 'was begun with probeWeights "sha256:1", not "sha256:2"'],
    [{ method: { name: 'genetic' } }, 'was begun with method']
  ] as const) {
    const other = open(true, changed)
    await expect(other).rejects.toThrow(SearchFileError)
    await expect(other).rejects.toThrow(problem)
  }
})

test('the history keeps the measures that it was asked to keep', async () => {
  const search = await open(false)
  await search.save({ ...step, measures: { ...measures, positive: 1 } as typeof measures })
  expect((await open(true)).history).toEqual([{ step: 1, ...measures }])
})

test('there has to be a search to resume, and it has to be whole', async () => {
  await expect(open(true)).rejects.toMatchObject({ reason: 'missing', problem: 'no such search to resume' })
  await (await open(false)).save(step)
  const document = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...document, history: [{ step: 1 }] }))
  const damaged = open(true)
  await expect(damaged).rejects.toMatchObject({ reason: 'damaged', path, cause: expect.any(JsonError) })
  await expect(damaged).rejects.toThrow('history[0].probability is missing')
})

test('a search that is over leaves no file', async () => {
  const search = await open(false)
  await search.save(step)
  await search.remove()
  expect(await readdir(join(path, '..'))).toEqual([])
})
