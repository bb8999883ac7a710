import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { writeLabelledPhrases, writeModel } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeLabelledPhrases(cwd)
  await writeModel(join(cwd, 'model'))
  await writeModel(join(cwd, 'other'))
})

const reproduce = (...args: string[]) => [
  'reproduce',
  'sentiment',
  'labels.csv',
  '--quick',
  '--folds',
  '3',
  '--baseline-units',
  '8',
  '--c',
  '1',
  ...args
]

test('tells what is told by phrase and by piece, of every model, of descriptors and of the baseline', async () => {
  const { stdout } = await done(reproduce('--models', 'model', 'other', '--json', '--out', 'figures'), {
    cwd
  })
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({
    phrases: 24,
    pieces: 12,
    positive: 12,
    majorityRate: 0.5,
    effort: { folds: 3, repeats: 1, permutations: 0, Cs: [1], seed: 0 },
    baseline: { units: 8, epochs: 3 }
  })
  const told = report.results.map(({ method, model = '-', folds }: Record<string, string>) => [
    model,
    method,
    folds
  ])
  const expected = [
    ['-', 'descriptors'],
    ...['model', 'other'].flatMap(model => ['states', 'mean', 'both'].map(method => [model, method])),
    ['-', 'baseline']
  ].flatMap(each => ['by phrase', 'by piece'].map(folds => [...each, folds]))
  expect(told.sort()).toEqual(expected.sort())
  const scoresOf = (name: string, kind: string) =>
    report.results
      .filter(({ model, method }: Record<string, string>) => model === name && method === kind)
      .map(({ scores }: { scores: unknown }) => scores)
  for (const kind of ['states', 'mean', 'both']) {
    expect(scoresOf('other', kind)).toEqual(scoresOf('model', kind)) // the two are the same
  }
  expect(await readFile(join(cwd, 'figures/sentiment.json'), 'utf8')).toBe(stdout)
  const markdown = (await readFile(join(cwd, 'figures/sentiment.md'), 'utf8')).trimEnd().split('\n')
  expect(markdown[0]).toBe('| method | folds | accuracy | interval | balanced | AUC | permuted |')
  expect(markdown).toHaveLength(2 + 1 + 16)
})

test('prints a table; the same seed gives the same figures', async () => {
  const { stdout, stderr } = await done(reproduce('--models', 'model'), { cwd })
  const lines = stdout.trimEnd().split('\n')
  expect(lines[0]).toMatch(/^method +folds +accuracy +interval +balanced +AUC +permuted$/)
  expect(lines[1]).toMatch(/^always the more frequent +50\.0 +50\.0$/)
  expect(lines.slice(2).map(line => line.replace(/ {2,}.*/, ''))).toEqual([
    ...['by phrase', 'by piece'].flatMap(() => [
      'descriptors',
      'states of model',
      'mean of model',
      'both of model',
      'supervised mLSTM, 8 units'
    ])
  ])
  expect(lines[2]).toMatch(/^descriptors +by phrase +100\.0 ± 0\.0 +100\.0 … 100\.0 +100\.0 +1\.000$/)
  expect(stderr).toMatch(/^engine: /)
  expect((await done(reproduce('--models', 'model'), { cwd })).stdout).toBe(stdout)
})

test('without --quick labels are permuted, too, as often as folds are dealt', async () => {
  const args = ['reproduce', 'sentiment', 'labels.csv', '--models', 'model', '--folds', '2', '--repeats', '2']
  const { stdout } = await done([...args, '--baseline-units', '2', '--json'], { cwd })
  const { effort, results } = JSON.parse(stdout)
  expect(effort).toMatchObject({ folds: 2, repeats: 2, permutations: 2, Cs: [0.01, 0.03, 0.1, 0.3] })
  for (const { method, scores, permuted } of results) {
    const isBaseline = method === 'baseline'
    expect(scores.accuracy.folds).toBe(isBaseline ? 2 : 4)
    if (isBaseline) expect(permuted).toBeUndefined()
    else expect(permuted).toBeLessThan(0.95)
  }
})

test.each([
  ['a model that is not there', ['--models', 'model', 'none'], 1, /^vgm: none: no such model folder$/],
  ['more folds than pieces', ['--folds', '13'], 1, /^vgm: expected at least 13 groups for 13 folds, got 12$/],
  ['a folder that is a file', ['--out', 'labels.csv'], 1, /^vgm: labels\.csv: is not a folder to write to$/],
  ['a number that is none', ['--folds', 'ten'], 2, /^vgm: option '--folds <n>' argument 'ten' is invalid/]
])('%s is refused in one line, and nothing is written', async (_, args, code, message) => {
  const before = await contentOf(cwd)
  const ended = await vgm(reproduce('--models', 'model', ...args), { cwd })
  expect(ended.stderr.trimEnd().split('\n').at(-1)).toMatch(message)
  expect(ended.code).toBe(code)
  expect(await contentOf(cwd)).toEqual(before)
})

test('data that are not there, or of one kind only, are refused', async () => {
  const missing = await vgm(['reproduce', 'sentiment', 'nowhere', '--quick', '--models', 'model'], { cwd })
  expect(missing.code).toBe(1)
  expect(missing.stderr).toMatch(/^vgm: nowhere: expected a CSV file of labels, found none$/m)
  await writeFile(join(cwd, 'labels.csv'), 'label,id,filepath\n1,p0,phrases/0\n1,p2,phrases/4\n')
  const oneKind = await vgm(reproduce('--models', 'model'), { cwd })
  expect(oneKind.code).toBe(1)
  expect(oneKind.stderr).toMatch(/^vgm: labels\.csv: holds positive phrases only, expected both kinds$/m)
})

test('Ctrl-C ends it, and nothing is written', async () => {
  const before = await contentOf(cwd)
  const args = [
    'reproduce',
    'sentiment',
    'labels.csv',
    '--models',
    'model',
    '--repeats',
    '1000',
    '--out',
    'figures'
  ]
  const { code, stderr } = await vgm(args, {
    cwd,
    meanwhile: child => child.stderr.once('data', () => child.kill('SIGINT'))
  })
  expect(code).toBe(130)
  expect(stderr).toMatch(/^vgm: stopped; nothing was written$/m)
  expect(await contentOf(cwd)).toEqual(before)
})
