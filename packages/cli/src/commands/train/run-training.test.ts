import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Music } from '@vgm/dataset/node'
import { encode } from '@vgm/encoding'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { midiFile } from '../../../test/music.js'
import { readModel } from '../../inputs/open-model.js'
import { beginRun, resumeRun } from './run-description.js'
import { runTraining } from './run-training.js'
import { summarizeTraining } from './training-summary.js'

vi.setConfig({ testTimeout: 60_000 })

let folder: string
const printed: string[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-training-'))
  printed.length = 0
  vi.spyOn(process.stderr, 'write').mockImplementation(text => printed.push(String(text)) > 0)
})
afterEach(async () => {
  vi.restoreAllMocks()
  await rm(folder, { recursive: true })
})

const pieces = Array.from({ length: 20 }, (_, index) => encode(midiFile(index)))
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
const sizes = { units: 8, embedding: 4 }
const short = { epochs: 2, batch: 32, window: 8, warmUpSteps: 2 }

/** Trains in the folder of this name, from the beginning or from its checkpoint. */
async function train(name: string, settings: Parameters<typeof runTraining>[2]['settings'], resume = false) {
  const out = join(folder, name)
  const run = await (resume ? resumeRun(out, music, {}) : beginRun(out, music, terms))
  const { signal } = new AbortController()
  return runTraining(run, music, { sizes: resume ? {} : sizes, settings, engine: await onnxEngine(), signal })
}
const file = (name: string) => readFile(join(folder, name))
const metricsOf = async (name: string) =>
  (await file(join(name, 'metrics.jsonl')))
    .toString()
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

test('a run without settings learns a little music: better than guessing, and says what it chose', async () => {
  const end = await train('toy', {})
  const { guessing } = (await summarizeTraining('toy', music, end)).data as {
    guessing: { frequencies: number }
  }
  expect(end.loss).toBeLessThan(guessing.frequencies)
  expect(end.step).toBeGreaterThanOrEqual(800)
  const { settings } = JSON.parse((await file('toy/run.json')).toString())
  expect(settings).toMatchObject({ batch: 2, window: 16, learningRate: 0.004 })
  expect(settings.warmUpSteps).toBeLessThan(end.step / 9)
  expect(printed.join('')).toContain(`${settings.epochs} epochs of about `)
})

test('a run that learnt nothing says so, and what to do', async () => {
  const end = await train('short', short)
  const { remark } = await summarizeTraining('short', music, end)
  expect(remark).toMatch(
    /^the model predicts no better than guessing by the frequency of words: 5\.\d+ against 3\.\d+ nats per word; train it for longer \(--resume --epochs 4\), /
  )
})

test('a finished run goes on for more epochs, with the rate that a run of so many has then', async () => {
  await train('once', short)
  await train('again', short)
  const steps = (await metricsOf('once')).at(-1).step
  expect(await train('once', {}, true)).toMatchObject({ step: steps })
  expect(printed.join('')).toContain('all 2 epochs are done; --resume --epochs 4 trains on\n')
  for (const name of ['once', 'again']) {
    expect(await train(name, { epochs: 4 }, true)).toMatchObject({ step: 2 * steps, epochs: 4 })
  }
  for (const name of ['checkpoint.safetensors', 'weights.safetensors', 'model.json', 'run.json']) {
    expect(await file(`again/${name}`), name).toEqual(await file(`once/${name}`))
  }
  const metrics = (await metricsOf('once')).filter(line => line.learningRate !== undefined)
  expect(metrics).toHaveLength(2 * steps)
  expect(metrics[steps].learningRate).toBeCloseTo(0.004 / 2, 12)
  expect(metrics[2 * steps - 1].learningRate).toBeCloseTo((0.004 / 2) * (1 / steps), 12)
  await expect(train('once', { epochs: 3 }, true)).rejects.toThrow(
    'epochs expected more than the 4 that are done, got 3'
  )
})

test('a run that began with another model goes on with its origin, terms and precision', async () => {
  await train('origin', short)
  const initial = await readModel(join(folder, 'origin'))
  const begun = {
    initial: { name: 'origin', provenance: initial.provenance },
    license: 'mine',
    precision: 'f16'
  } as const
  const begin = async (name: string, signal: AbortSignal) => {
    const run = await beginRun(join(folder, name), music, begun)
    return runTraining(run, music, {
      sizes: {},
      settings: short,
      initial,
      engine: await onnxEngine(),
      signal
    })
  }
  const { step } = await begin('whole', new AbortController().signal)
  const stopped = await begin('parts', AbortSignal.abort())
  expect(stopped.step).toBe(1)
  expect(await train('parts', {}, true)).toMatchObject({ step })
  for (const name of ['model.json', 'weights.safetensors']) {
    expect(await file(`parts/${name}`), name).toEqual(await file(`whole/${name}`))
  }
  const { provenance, license } = await readModel(join(folder, 'parts'))
  expect({ license, initial: provenance.initial }).toEqual({ license: 'mine', initial: begun.initial })
})

test.each([
  ['{', 'run.json: is not JSON'],
  ['{"semitones":4,"training":"","validation":null,"initial":null}', 'run.json: license is missing']
])('a damaged run.json is named: %s', async (text, message) => {
  await writeFile(join(folder, 'run.json'), text)
  await expect(resumeRun(folder, music, {})).rejects.toThrow(message)
})
