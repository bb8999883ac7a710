import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Music } from '@vgm/dataset/node'
import { encode, type Note, words as tokenizer, vocabulary } from '@vgm/encoding'
import type { MlstmConfig } from '@vgm/mlstm'
import { mlstm } from '@vgm/mlstm'
import { loadModel, RunTermsError } from '@vgm/nn'
import {
  type RunEvent,
  type RunMusic,
  resumeOnMusic,
  runTermsOf,
  folder as source,
  summarizeRun,
  TrainingRun,
  type TrainOnMusicOptions,
  trainOnMusic
} from '@vgm/nn/node'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { afterEach, beforeEach, expect, expectTypeOf, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 60_000 })

let folder: string
const events: RunEvent[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-training-'))
  events.length = 0
})
afterEach(() => rm(folder, { recursive: true }))

/** A scale, another for each index. */
function scale(index: number): Uint16Array {
  const notes = Array.from({ length: 24 }, (_, k): Note => {
    const pitch = 48 + ((k * (3 + index)) % 30)
    const velocity = 40 + ((k * 7 + index) % 60)
    return { pitch, velocity, startTick: k * 120, durationTicks: 120 * (1 + (k % 4)), channel: 0, program: 0 }
  })
  const tempos = [{ tick: 0, tempoBpm: 120 }]
  return encode({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })
}

const pieces = Array.from({ length: 20 }, (_, index) => scale(index))
const music: Music = {
  name: 'scales',
  data: { size: pieces.length, piece: index => pieces[index]! },
  words: pieces.reduce((words, piece) => words + piece.length, 0),
  digest: 'training',
  augmentation: 'none',
  semitones: null,
  validation: undefined
}
const terms = { initial: null, license: 'none', precision: 'f32' } as const
const short = { epochs: 2, batch: 32, window: 8, warmUpSteps: 2 }

/** Trains in the folder of this name, from the beginning or from its checkpoint. */
async function train(
  name: string,
  settings: NonNullable<TrainOnMusicOptions<MlstmConfig>['settings']>,
  {
    resume = false,
    began = terms,
    ...rest
  }: Partial<TrainOnMusicOptions<MlstmConfig>> & {
    resume?: boolean
    began?: Parameters<typeof runTermsOf>[1]
  } = {}
) {
  const out = join(folder, name)
  const run = resume
    ? await resumeOnMusic(out, mlstm, music)
    : await TrainingRun.begin(out, runTermsOf(music, began))
  return trainOnMusic(run, music, {
    ...{ architecture: mlstm, tokenizer, engine: await onnxEngine(), settings },
    defaults: { vocabularySize: vocabulary.size, units: 8, embedding: 4 },
    plot: training => `${training.length}`,
    onEvent: event => events.push(event),
    ...rest
  })
}
const modelOf = (name: string) =>
  loadModel(source(join(folder, name)), { architectures: [mlstm], vocabulary })
const file = (name: string) => readFile(join(folder, name))
const metricsOf = async (name: string) =>
  (await file(join(name, 'metrics.jsonl')))
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test('a run without settings learns a little music: better than guessing, and says what it chose', async () => {
  const end = await train('toy', {})
  const { guessing, noBetterThan } = await summarizeRun(music, end, vocabulary.size)
  expect(noBetterThan).toBeUndefined()
  expect(end.loss).toBeLessThan(guessing.frequencies)
  expect(end.step).toBeGreaterThanOrEqual(800)
  const { settings } = JSON.parse((await file('toy/run.json')).toString())
  expect(settings).toMatchObject({ batch: 2, window: 16, learningRate: 0.004 })
  expect(settings.warmUpSteps).toBeLessThan(end.step / 9)
  expect(events[0]).toMatchObject({ type: 'plan', settings: { epochs: settings.epochs, batch: 2 } })
  expect((await file('toy/loss.svg')).toString()).toBe(`${end.step}`)
})

test('a run that learnt nothing is no better than guessing', async () => {
  const end = await train('short', short)
  expect(await summarizeRun(music, end, vocabulary.size)).toMatchObject({
    reached: end.loss,
    noBetterThan: 'frequencies'
  })
})

test('a finished run goes on for more epochs, with the rate that a run of so many has then', async () => {
  await train('once', short)
  await train('again', short)
  const steps = (await metricsOf('once')).at(-1).step
  expect(await train('once', {}, { resume: true })).toMatchObject({ step: steps })
  expect(events.at(-1)).toMatchObject({ type: 'plan', resumed: { position: { epoch: 2, step: steps } } })
  for (const name of ['once', 'again']) {
    expect(await train(name, { epochs: 4 }, { resume: true })).toMatchObject({ step: 2 * steps, epochs: 4 })
  }
  for (const name of ['checkpoint.safetensors', 'weights.safetensors', 'model.json', 'run.json']) {
    expect(await file(`again/${name}`), name).toEqual(await file(`once/${name}`))
  }
  const metrics = (await metricsOf('once')).filter(line => line.learningRate !== undefined)
  expect(metrics).toHaveLength(2 * steps)
  expect(metrics[steps].learningRate).toBeCloseTo(0.004 / 2, 12)
  expect(metrics[2 * steps - 1].learningRate).toBeCloseTo((0.004 / 2) * (1 / steps), 12)
  await expect(train('once', { epochs: 3 }, { resume: true })).rejects.toThrow(
    'epochs expected more than the 4 that are done, got 3'
  )
})

test('a run that began with another model goes on with its origin, terms and precision', async () => {
  await train('origin', short)
  const initial = await modelOf('origin')
  const began = {
    initial: { name: 'origin', provenance: initial.provenance },
    license: 'mine',
    precision: 'f16'
  } as const
  const { step } = await train('whole', short, { began, initial })
  const reason = new Error('stopped')
  const stopped = train('parts', short, { began, initial, signal: AbortSignal.abort(reason) })
  await expect(stopped).rejects.toBe(reason)
  expect((await file('parts/loss.svg')).toString()).toBe('1')
  expect(await train('parts', {}, { resume: true })).toMatchObject({ step })
  for (const name of ['model.json', 'weights.safetensors']) {
    expect(await file(`parts/${name}`), name).toEqual(await file(`whole/${name}`))
  }
  const { provenance, license } = await modelOf('parts')
  expect({ license, initial: provenance.initial }).toEqual({ license: 'mine', initial: began.initial })
})

test('a run keeps to the music and the terms that it began with', async () => {
  await train('run', short)
  const out = join(folder, 'run')
  const other = resumeOnMusic(out, mlstm, { ...music, digest: 'other' })
  await expect(other).rejects.toThrow(RunTermsError)
  await expect(other).rejects.toMatchObject({ folder: out, term: 'training' })
  await expect(resumeOnMusic(out, mlstm, music, { init: 'x' })).rejects.toMatchObject({ term: 'initial' })
})

test('the music of @vgm/dataset is music that @vgm/nn trains on', () => {
  expectTypeOf<Music>().toExtend<RunMusic>()
  expect(music.data).toHaveProperty('size', 20)
})

test.each([
  ['{', 'run.json: is not JSON'],
  ['{"semitones":4,"training":"","validation":null,"initial":null}', 'run.json: license is missing']
])('a damaged run.json is named: %s', async (text, message) => {
  await writeFile(join(folder, 'run.json'), text)
  await expect(resumeOnMusic(folder, mlstm, music)).rejects.toThrow(message)
})
