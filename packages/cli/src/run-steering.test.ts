import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { featureNames } from '@vgm/features'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { expect, onTestFinished, test, vi } from 'vitest'
import { probeOf } from '../../emotion/test/probe-of.js'
import { writeModel } from '../test/music.js'
import type { NamedJudge } from './open-judge.js'
import { readModel } from './open-model.js'
import { runSteering } from './run-steering.js'
import { SearchFile } from './search-file.js'

vi.setConfig({ testTimeout: 60_000 })

const weights = featureNames.map(name => (name === 'mean-pitch' ? 0.1 : 0))
const judge: NamedJudge = {
  name: 'high',
  kind: 'descriptors',
  probe: probeOf(weights, -5),
  probabilities: () => expect.unreachable('descriptors are computed once')
}

/** One step of a search with a model of 8 units in a folder of its own. */
async function search(folder: string, learningRate: number, resume = false) {
  return runSteering(
    await readModel(folder),
    {
      method: { name: 'gradient', learningRate },
      effort: { steps: 1, pieces: 2, words: 32, seed: 3 },
      aim: { judge, target: 1, penalty: 0 },
      neurons: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7),
      search: await SearchFile.open(join(folder, 'a.search.json'), {}, resume),
      engine: await onnxEngine(),
      signal: new AbortController().signal
    },
    { update: () => {}, log: () => {} }
  )
}

async function modelFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-steering-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeModel(folder)
  return folder
}

test('what is steered is compared with the same pieces unsteered: a steering that does nothing changes nothing', async () => {
  const { check } = await search(await modelFolder(), 1e-20)
  expect(check.probability.steered).toBe(check.probability.unsteered)
  expect(check.excess.steered).toBe(check.excess.unsteered)
})

test('a damaged state is named with its file', async () => {
  const folder = await modelFolder()
  const steering = { mode: 'add', neurons: [0], offsets: [0] }
  const damaged = {
    format: 'vgm-steering-search-1',
    settings: {},
    history: [],
    state: '{"step":1}',
    steering
  }
  await writeFile(join(folder, 'a.search.json'), JSON.stringify(damaged))
  await expect(search(folder, 0.1, true)).rejects.toThrow(
    `${join(folder, 'a.search.json')}: offsets is missing`
  )
})
