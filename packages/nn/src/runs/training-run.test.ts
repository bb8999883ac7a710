import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '@vgm/base'
import * as v from 'valibot'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freshModel } from '../../test/models.js'
import { tinyTransformer } from '../../test/tiny-transformer.js'
import { nodeEngine } from '../engines/backends.js'
import { prefixed } from '../engines/named-program.js'
import { RunExistsError, RunFolderError } from '../errors.js'
import type { Checkpoint } from '../storage/checkpoint.js'
import { folder as source } from '../storage/folder.js'
import { loadModel } from '../storage/model.js'
import { paddedBatches } from '../training/batches/padded.js'
import { defaultTrainSettings } from '../training/train-settings.js'
import { zeros } from '../weights.js'
import { formatMetrics } from './metrics-lines.js'
import { type RunEvent, type TrainRunOptions, trainRun } from './train-run.js'
import { TrainingRun } from './training-run.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-run-'))
})
afterEach(() => rm(folder, { recursive: true }))

const { config } = freshModel(1)
const architecture = tinyTransformer
const description = v.object({ music: v.string() })
const how = { architecture, description }
const file = (name: string) => readFile(join(folder, name))

/** A checkpoint after so many steps of a run that has learnt nothing. */
function checkpointAt(step: number): Checkpoint {
  const none = zeros(architecture.parameters(config))
  const start = { epoch: 0, shard: 0, batch: 0, epochLoss: 0, epochSteps: 0, best: null }
  return {
    architecture: architecture.format,
    config: { ...config },
    size: 2,
    batches: { batch: 1, window: 4 },
    settings: defaultTrainSettings,
    position: { ...start, random: [1, 2, 3, 4], step },
    arrays: {
      ...prefixed('parameter', architecture.initial(config, createRandom(1))),
      ...prefixed('first', none),
      ...prefixed('second', none),
      ...prefixed('state', zeros(architecture.carried(config)))
    }
  }
}
const lineAt = (step: number) => ({ step, epoch: step / 10, loss: 1 })

test('metrics are added to their file, and cut back to the checkpoint that is resumed', async () => {
  const out = join(folder, 'run')
  const path = join(out, 'metrics.jsonl')
  const run = await TrainingRun.begin(out, { music: 'scales' })
  run.record(lineAt(1))
  await run.saveCheckpoint(architecture, checkpointAt(1))
  const { ino } = await stat(path)
  for (const step of [2, 3]) {
    run.record(lineAt(step))
    await run.saveCheckpoint(architecture, checkpointAt(2))
  }
  // A file that is written anew is another one.
  expect((await stat(path)).ino).toBe(ino)
  expect((await file('run/metrics.jsonl')).toString()).toBe(formatMetrics([1, 2, 3].map(lineAt)))
  await appendFile(path, '{"step":4,"epo')

  const resumed = await TrainingRun.resume(out, how)
  expect(resumed.description).toEqual({ music: 'scales' })
  expect(resumed.checkpoint).toEqual(checkpointAt(2))
  resumed.record({ step: 5, epoch: 0.5, validation: 2 })
  await resumed.saveCheckpoint(architecture, checkpointAt(5))
  const lines = [lineAt(1), lineAt(2), { step: 5, epoch: 0.5, validation: 2 }]
  expect((await file('run/metrics.jsonl')).toString()).toBe(formatMetrics(lines))
  expect(resumed.losses).toEqual({
    training: [
      { epoch: 0.1, loss: 1 },
      { epoch: 0.2, loss: 1 }
    ],
    validation: [{ epoch: 0.5, loss: 2 }]
  })
})

test('2¹⁸ steps are saved at once', async () => {
  const run = await TrainingRun.begin(folder, {})
  for (let step = 1; step <= 2 ** 18; step++) run.record({ step, epoch: step / 2 ** 18, loss: 1 / step })
  await run.saveCheckpoint(architecture, checkpointAt(2 ** 18))
  expect((await file('metrics.jsonl')).toString().split('\n')).toHaveLength(2 ** 18 + 1)
  expect(run.losses.training).toHaveLength(2 ** 18)
})

test('a folder that holds a run or a model takes no new one', async () => {
  const run = await TrainingRun.begin(folder, {})
  await expect(stat(join(folder, 'run.json'))).rejects.toThrow('ENOENT')
  await run.saveCheckpoint(architecture, checkpointAt(0))
  await expect(TrainingRun.begin(folder, {})).rejects.toThrow(RunExistsError)
  await rm(join(folder, 'checkpoint.safetensors'))
  await writeFile(join(folder, 'model.json'), '{}')
  await expect(TrainingRun.begin(folder, {})).rejects.toThrow(/holds a model\.json already/)
})

test.each([
  [undefined, 'nothing to resume: run.json is not there'],
  ['{', 'run.json: is not JSON'],
  ['{"music":4}', 'run.json: music expected string, got 4'],
  ['{"music":"scales"}', 'nothing to resume: checkpoint.safetensors is not there']
])('what cannot be resumed is named: %s', async (text, message) => {
  if (text !== undefined) await writeFile(join(folder, 'run.json'), text)
  const error: unknown = await TrainingRun.resume(folder, how).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RunFolderError)
  expect(error).toHaveProperty('message', expect.stringContaining(message))
})

const pieces = [
  [1, 2, 1, 2, 0],
  [2, 1, 2, 1, 0]
]

async function options(signal?: AbortSignal): Promise<TrainRunOptions<typeof config>> {
  return {
    architecture,
    config,
    size: { words: 10, shards: 1 },
    batches: ({ batch, window }) =>
      paddedBatches(
        {
          size: 2,
          piece: index => ({ ids: pieces[index]!, inputs: { beat: Int32Array.of(0, 1, 2, 3, 0) } })
        },
        { ...config, batch, window, endOfPiece: 0, inputs: architecture.inputs(config) }
      ),
    settings: { epochs: 2, batch: 1, window: 8 },
    engine: await nodeEngine('cpu'),
    ...(signal && { signal }),
    about: {
      vocabulary: { name: 'letters', hash: 'sha256:1' },
      license: 'none',
      provenance: { data: 'two' }
    },
    origin: { name: 'before' }
  }
}

async function follow(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = []
  for await (const event of events) seen.push(event)
  return seen
}

test('any architecture trains in a folder: a run that was stopped ends as one that never was', async () => {
  const begin = (name: string) => TrainingRun.begin(join(folder, name), { music: 'two' })
  const seen = await follow(trainRun(await begin('whole'), await options()))
  expect(seen.map(({ type }) => type)).toEqual([
    'plan',
    ...['step', 'step', 'epoch', 'checkpoint'],
    ...['step', 'step', 'epoch', 'checkpoint']
  ])
  expect(seen[0]).toMatchObject({ settings: { epochs: 2, batch: 1, window: 8, warmUpSteps: 0 } })

  const reason = new Error('stopped')
  const stopped = follow(trainRun(await begin('parts'), await options(AbortSignal.abort(reason))))
  await expect(stopped).rejects.toBe(reason)
  const run = await TrainingRun.resume(join(folder, 'parts'), how)
  expect(run.checkpoint?.position.step).toBe(1)
  await follow(trainRun(run, await options()))
  for (const name of ['model.json', 'weights.safetensors', 'checkpoint.safetensors', 'run.json']) {
    expect(await file(`parts/${name}`), name).toEqual(await file(`whole/${name}`))
  }
  const { provenance, license } = await loadModel(source(join(folder, 'whole')), {
    architectures: [architecture]
  })
  const expected = { data: 'two', engine: 'tfjs-cpu', initial: { name: 'before' }, epoch: 2 }
  expect({ provenance, license }).toMatchObject({ provenance: expected, license: 'none' })
})

test('with a validation the best model is kept', async () => {
  const measured = [2, 3]
  const validation = async () => measured.shift()!
  const run = await TrainingRun.begin(folder, {})
  await follow(trainRun(run, { ...(await options()), validation }))
  const { metrics, provenance } = await loadModel(source(folder), { architectures: [architecture] })
  expect(metrics).toEqual({ validationCrossEntropy: 2 })
  expect(provenance).toMatchObject({ epoch: 1 })
  expect(run.losses.validation).toEqual([
    { epoch: 1, loss: 2 },
    { epoch: 2, loss: 3 }
  ])
})
