import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from '@vgm/encoding'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { midiFile } from '../test/music.js'
import { runTraining } from './run-training.js'
import type { Music } from './training-music.js'
import { TrainingRun } from './training-run.js'
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

const piecesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => encode(midiFile(first + index)))
const pieces = piecesFrom(0, 20)
const music: Music = {
  name: 'scales',
  data: { size: pieces.length, piece: index => pieces[index]! },
  words: pieces.reduce((words, piece) => words + piece.length, 0),
  digest: 'training',
  augmentation: 'none',
  semitones: null,
  validation: { pieces: piecesFrom(20, 3), digest: 'validation' }
}
const terms = { initial: null, license: 'none', precision: 'f32' } as const
const sizes = { units: 8, embedding: 4 }
const short = { epochs: 2, lanes: 32, window: 8, warmUpSteps: 2 }

/** Trains in the folder of this name, from the beginning or from its checkpoint. */
async function train(name: string, settings: Parameters<typeof runTraining>[2]['settings'], resume = false) {
  const out = join(folder, name)
  const run = await (resume ? TrainingRun.resume(out, music, {}) : TrainingRun.begin(out, music, terms))
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
  expect(end.best!.crossEntropy).toBeLessThan(guessing.frequencies)
  expect(end.step).toBeGreaterThanOrEqual(800)
  const { settings } = JSON.parse((await file('toy/run.json')).toString())
  expect(settings).toMatchObject({ lanes: 2, window: 16, learningRate: 0.004 })
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
    '--epochs expected more than the 4 that are done, got 3'
  )
})

test('metrics are added to their file, and cut back to the checkpoint that is resumed', async () => {
  await train('run', short)
  const whole = (await file('run/metrics.jsonl')).toString()
  const run = await TrainingRun.resume(join(folder, 'run'), music, {})
  const checkpoint = run.checkpoint!
  const { step } = checkpoint.position
  const lineAt = (at: number) => ({ step: at, epoch: 2, loss: 1 })
  run.record(lineAt(step + 1))
  await run.saveCheckpoint({ ...checkpoint, position: { ...checkpoint.position, step: step + 1 } })
  const { ino } = await stat(join(folder, 'run/metrics.jsonl'))
  run.record(lineAt(step + 2))
  await run.saveCheckpoint({ ...checkpoint, position: { ...checkpoint.position, step: step + 1 } })
  // Added to the same file: one that is written anew is another.
  expect((await stat(join(folder, 'run/metrics.jsonl'))).ino).toBe(ino)
  const added = [lineAt(step + 1), lineAt(step + 2)].map(line => `${JSON.stringify(line)}\n`)
  expect((await file('run/metrics.jsonl')).toString()).toBe(whole + added.join(''))

  const resumed = await TrainingRun.resume(join(folder, 'run'), music, {})
  await resumed.saveCheckpoint(checkpoint)
  expect((await file('run/metrics.jsonl')).toString()).toBe(whole + added[0])
})

test('the plot is drawn at the end of an epoch and of the run, not with every checkpoint', async () => {
  const run = await TrainingRun.begin(join(folder, 'run'), music, terms)
  await train('other', short)
  const { checkpoint } = await TrainingRun.resume(join(folder, 'other'), music, {})
  for (let step = 1; step <= 2 ** 18; step++) run.record({ step, epoch: step / 2 ** 18, loss: 1 / step })
  await run.saveCheckpoint(checkpoint!)
  await expect(stat(join(folder, 'run/loss.svg'))).rejects.toThrow('ENOENT')
  await run.savePlot()
  expect((await file('run/loss.svg')).toString()).toMatch(/^<svg .*<\/svg>\n$/s)
})
