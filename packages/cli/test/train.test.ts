import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { writeMusic } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeMusic(join(cwd, 'music'), 5)
  await writeMusic(join(cwd, 'valid'), 2, 8)
})

const small = [
  '--units',
  '8',
  '--embedding',
  '4',
  '--batch',
  '2',
  '--window',
  '16',
  '--epochs',
  '2',
  '--seed',
  '5'
]
const train = (out: string, ...args: string[]) => [
  'train',
  'music',
  '--valid',
  'valid',
  '--out',
  out,
  ...args
]
const file = (name: string) => readFile(join(cwd, name))

interface Metrics {
  readonly step: number
  readonly wordsPerSecond?: number
}

async function metricsOf(folder: string): Promise<Metrics[]> {
  const lines = (await file(join(folder, 'metrics.jsonl'))).toString().trimEnd().split('\n')
  return lines.map(line => JSON.parse(line) as Metrics)
}

/** The metrics without what the machine's speed decides. */
async function lossesOf(folder: string): Promise<object[]> {
  return (await metricsOf(folder)).map(({ wordsPerSecond: _, ...rest }) => rest)
}

/** Throws unless every tag of an XML document is closed. */
function requireWellFormed(xml: string): void {
  const open: string[] = []
  for (const [, end, name, single] of xml.matchAll(/<(\/?)([a-z]+)(?:\s+[\w-]+="[^"<>]*")*\s*(\/?)>/g)) {
    if (end) expect(open.pop()).toBe(name)
    else if (!single) open.push(name!)
  }
  expect(open).toEqual([])
  expect(xml.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]/)
}

test('a run that Ctrl-C stopped and --resume took up again ends in the same bits as one that never stopped', async () => {
  const { stdout } = await done(train('whole', ...small), { cwd })
  expect(stdout).toMatch(
    /^wrote whole: validation \d\.\d{4} nats per word \(epoch 2\), guessing by frequency \d\.\d{4}\n$/
  )

  const stopped = await vgm(train('parts', ...small), {
    cwd,
    meanwhile: child => child.stderr.once('data', () => child.kill('SIGINT'))
  })
  expect(stopped.code).toBe(130)
  expect(stopped.stderr).toMatch(
    /\nvgm: stopped after step \d+; the same command with --resume goes on from there\n$/
  )
  const steps = (await metricsOf('parts')).at(-1)!.step
  expect(steps).toBeGreaterThan(0)
  expect(steps).toBeLessThan((await metricsOf('whole')).at(-1)!.step)

  await done(train('parts', '--resume', '--json'), { cwd })
  for (const name of ['weights.safetensors', 'model.json', 'checkpoint.safetensors']) {
    expect(await file(join('parts', name)), name).toEqual(await file(join('whole', name)))
  }
  expect(await lossesOf('parts')).toEqual(await lossesOf('whole'))
})

test('a run leaves a model that composes, its metrics and a plot', async () => {
  const { stdout } = await done(train('model', ...small, '--json'), { cwd })
  const { best, ...rest } = JSON.parse(stdout)
  expect(await readdir(join(cwd, 'model'))).toEqual([
    'checkpoint.safetensors',
    'loss.svg',
    'metrics.jsonl',
    'model.json',
    'run.json',
    'weights.safetensors'
  ])
  const metrics = await lossesOf('model')
  const validations = metrics.filter(line => 'validation' in line)
  expect(validations).toMatchObject([{ epoch: 1 }, { epoch: 2, validation: best.crossEntropy }])
  expect(rest).toEqual({
    model: 'model',
    step: metrics.length - validations.length,
    guessing: { uniform: Math.log(225), frequencies: expect.any(Number) }
  })
  for (const line of metrics) {
    expect(line).toMatchObject({ step: expect.any(Number), epoch: expect.any(Number) })
  }
  const plot = (await file('model/loss.svg')).toString()
  expect(plot).toMatch(/^<svg .*<\/svg>\n$/s)
  expect(plot).not.toMatch(/NaN|Infinity|undefined/)
  requireWellFormed(plot)

  const evaluation = JSON.parse((await done(['evaluate', 'model', 'valid', '--json'], { cwd })).stdout)
  expect(evaluation.crossEntropy).toBeCloseTo(best.crossEntropy, 10)
  await done(['generate', '--model', 'model', '--words', '50', '--out', 'a.mid'], { cwd })
})

test('--resume refuses what is not the run it began as, and leaves it as it is', async () => {
  await done(train('model', ...small, '--epochs', '1'), { cwd })
  const before = await contentOf(cwd)
  const refusals = [
    [['train', 'music', '--out', 'model'], 'model: the validation music is not what this run began with'],
    [train('model', '--units', '16'), 'vgm: --units expected 8, as in the checkpoint, got 16'],
    [train('model', '--batch', '4'), 'vgm: --batch expected 2, as in the checkpoint that is resumed, got 4']
  ] as const
  for (const [args, message] of refusals) {
    const { code, stderr } = await vgm([...args, '--resume'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  }
  expect(await contentOf(cwd)).toEqual(before)
})

test('too little music is refused with what would help, and no folder is made', async () => {
  const { code, stderr } = await vgm(train('model', '--window', '4000'), { cwd })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /\nvgm: training on 1 lanes of 4000 words needs 4000 words, got \d+: use a smaller --batch, a shorter --window or more music\n$/
  )
  expect(stderr).not.toContain('steps')
  expect(await readdir(cwd)).toEqual(['music', 'valid'])
})

test('--init goes on from another model, and notes where it began', async () => {
  await done(train('model', ...small, '--license', 'mine'), { cwd })
  const settings = ['--batch', '2', '--window', '16', '--epochs', '1', '--seed', '5']
  await done(train('more', '--init', 'model', ...settings, '--learning-rate', '0.0001'), { cwd })
  const losses = async (folder: string) => (await lossesOf(folder)) as { loss: number }[]
  expect((await losses('more'))[0]!.loss).toBeLessThan((await losses('model'))[0]!.loss)
  const { config, provenance, license } = JSON.parse((await file('more/model.json')).toString())
  expect(license).toBe('as the training data, and those of model: mine')
  expect(config).toMatchObject({ units: 8, embedding: 4 })
  expect(provenance.initial).toMatchObject({ name: 'model', provenance: { settings: { epochs: 2 } } })

  const { code, stderr } = await vgm(train('third', '--init', 'model', '--units', '16'), { cwd })
  expect(code).toBe(2)
  expect(stderr).toMatch(/^vgm: .*--init.*\n$/)
})
