import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { featureNames, featuresVersion } from '@vgm/features'
import { probeFromJson, probeToJson } from '@vgm/probe'
import { beforeEach, expect, test } from 'vitest'
import { probeOf } from '../../emotion/test/probe-of.js'
import { phrase, writeLabelledPhrases, writeModel } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeLabelledPhrases(cwd)
  await writeModel(join(cwd, 'model'))
})

const probe = (...args: string[]) => ['probe', 'model', 'labels.csv', '--folds', '3', '--c', '1', ...args]

test('validates by phrase and by piece, and keeps the probe with the model', async () => {
  const { stdout } = await done(probe('--features', 'both', '--permutations', '2', '--json'), { cwd })
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ features: 'both', phrases: 24, pieces: 12, columns: 8 + 73, C: 1 })
  for (const protocol of ['by phrase', 'by piece']) {
    const { scores, majorityRate, permuted } = report.validation[protocol]
    expect(scores.accuracy.mean).toBe(1)
    expect(majorityRate).toBe(0.5)
    expect(permuted.accuracy.mean).toBeLessThan(0.9)
  }
  expect(report.out).toBe(join('model', 'probes', 'valence-both.json'))
  const text = await readFile(join(cwd, report.out), 'utf8')
  const file = probeFromJson(text, { columns: 81 })
  expect(file.probe.converged).toBe(true)
  expect(file.model).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(file.featureNames?.slice(7, 9)).toEqual(['unit 7', 'major-key-strength'])
  expect(Object.keys(file.validation ?? {})).toEqual(['by phrase', 'by piece'])
  expect(report.neurons).toBe(file.probe.weights.filter(weight => weight !== 0).length)
})

test('prints a table; states alone have no names; the same seed gives the same file', async () => {
  const { stdout } = await done(probe('--out', 'a.json'), { cwd })
  expect(stdout).toMatch(
    /^folds +accuracy +interval 95 % +AUC +majority +permuted\nby phrase .*\nby piece .*\nwrote a\.json: \d of 8 columns, C 1\n$/
  )
  await done(probe('--out', 'b.json'), { cwd })
  const [a, b] = await Promise.all(['a.json', 'b.json'].map(name => readFile(join(cwd, name), 'utf8')))
  expect(b).toBe(a)
  expect(probeFromJson(a!).featureNames).toBeUndefined()
})

test('a probe that finds nothing to go by says so', async () => {
  const { stdout } = await done(probe('--out', 'a.json', '--c', '0.00001'), { cwd })
  expect(stdout).toMatch(/\nIt found nothing to go by: .*\nwrote a\.json: 0 of 8 columns, C 0\.00001\n$/)
})

test.each([
  [
    'a phrase that is not there',
    'label,id,filepath\n1,p,phrases/99\n',
    /^vgm: labels\.csv: .*row 2.*99\.mid/
  ],
  [
    'a label that is none',
    'label,id,filepath\n2,p,phrases/1\n',
    /^vgm: labels\.csv: row 2: label expected -1 or 1, got "2"$/
  ],
  ['a file without rows', 'label,id,filepath\n', /^vgm: labels\.csv: holds no phrases$/],
  ['a column that is missing', 'label,filepath\n1,phrases/1\n', /expected a column "id"/],
  [
    'phrases of one class',
    `label,id,filepath\n${[0, 1, 4, 5].map(k => `1,p${k},phrases/${k}`).join('\n')}\n`,
    /^vgm: labels\.csv: holds positive phrases only, expected both kinds$/
  ]
])('%s is refused in one line, and nothing is written', async (_, labels, message) => {
  await writeFile(join(cwd, 'labels.csv'), labels)
  const before = await contentOf(cwd)
  const { code, stderr } = await vgm(probe('--out', 'a.json'), { cwd })
  expect(code).toBe(1)
  const lines = stderr.trimEnd().split('\n')
  expect(lines.at(-1)).toMatch(message)
  expect(lines.filter(line => line.startsWith('vgm: '))).toHaveLength(1)
  expect(await contentOf(cwd)).toEqual(before)
})

test.each(['tanh', 'mean'])(
  '%s of states: the file says so, and the penalty that was asked for',
  async kind => {
    await done(probe('--features', 'states', '--out', 'states.json'), { cwd })
    await done(probe('--features', kind, '--penalty', 'l2'), { cwd })
    const read = async (path: string) =>
      probeFromJson(await readFile(join(cwd, path), 'utf8'), { columns: 8 })
    const [states, other] = [await read('states.json'), await read(`model/probes/valence-${kind}.json`)]
    expect([states.featureKind, other.featureKind]).toEqual(['states', kind])
    expect([states.probe.penalty, other.probe.penalty]).toEqual(['l1', 'l2'])
    expect(other.probe.weights.every(weight => weight !== 0)).toBe(true)
    expect(other.model).toBe(states.model)
  }
)

test('halves of the pieces share none, are judged by each other, and are kept beside the whole', async () => {
  const halfOf = async (half: string) => {
    const { stdout, stderr } = await done(probe('--features', 'descriptors', '--half', half, '--json'), {
      cwd
    })
    expect(stderr).not.toContain('engine: ') // none is opened where no state is read
    return JSON.parse(stdout)
  }
  const [first, second] = [await halfOf('first'), await halfOf('second')]
  expect(first.out).toBe(join('model', 'probes', 'music-first.json'))
  expect(second.out).toBe(join('model', 'probes', 'music-second.json'))
  expect([first.phrases, first.pieces]).toEqual([12, 6])
  for (const [one, other] of [
    [first, second],
    [second, first]
  ]) {
    expect(one.unseen).toEqual({
      phrases: other.phrases,
      pieces: other.pieces,
      accuracy: 1,
      balancedAccuracy: 1,
      auc: 1,
      majorityRate: 0.5
    })
  }
  const { stdout, stderr } = await done(probe('--half', 'second', '--features', 'both'), { cwd })
  expect(stderr).toContain('engine: ')
  expect(stdout).toMatch(
    /\non the other half, 12 phrases of 6 pieces: accuracy 100\.0, balanced 100\.0, AUC 1\.000; majority 50\.0\nwrote /
  )
  expect((await readdir(join(cwd, 'model/probes'))).sort()).toEqual([
    'music-first.json',
    'music-second.json',
    'valence-both-second.json'
  ])
})

/** Twelve pieces of eight bars, and a probe of the model that finds loud music positive. */
async function writeTeacher(weight = 0.05): Promise<void> {
  await mkdir(join(cwd, 'music'))
  await mkdir(join(cwd, 'model/probes'))
  for (let index = 0; index < 12; index++) {
    await writeFile(join(cwd, `music/${index}.mid`), phrase(index % 2 === 0, index, 10))
  }
  const weights = featureNames.map(name => (name === 'mean-loudness' ? weight : 0))
  const text = probeToJson(probeOf(weights), { featureKind: 'descriptors', featuresVersion })
  await writeFile(join(cwd, 'model/probes/loud.json'), text)
}

const learn = (...args: string[]) => [
  'probe',
  'model',
  'music',
  '--teacher',
  'loud',
  '--folds',
  '3',
  '--c',
  '1',
  ...args
]

test("learns a teacher's judgement of music without labels, from as many of its phrases as are asked for", async () => {
  await writeTeacher()
  const { stdout } = await done(learn('--features', 'both', '--json'), { cwd })
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ teacher: 'loud', judged: 24, phrases: 16, features: 'both', columns: 81 })
  expect(report.validation['by piece'].majorityRate).toBe(0.5)
  expect(report.validation['by piece'].scores.accuracy.mean).toBeGreaterThan(0.9)
  expect(report.out).toBe(join('model', 'probes', 'valence-distilled.json'))
  const file = probeFromJson(await readFile(join(cwd, report.out), 'utf8'), { columns: 81 })
  expect(file).toMatchObject({ featureKind: 'both', model: expect.stringMatching(/^sha256:/) })

  const fewer = await done(learn('--phrases', '1', '--features', 'mean', '--out', 'a.json'), { cwd })
  expect(fewer.stdout).toContain('\nright is what loud says of the 8 phrases it is surest of, out of 12\n')
})

test('a teacher that finds all music alike teaches nothing', async () => {
  await writeTeacher(0)
  const { code, stderr } = await vgm(learn(), { cwd })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^vgm: loud: finds all 24 phrases alike, and so teaches nothing\n$/m)
})

test('a teacher that is not there, or of another model, is refused and named', async () => {
  await writeTeacher()
  const none = await vgm([...learn(), '--teacher', 'mood'], { cwd })
  expect(none.code).toBe(1)
  expect(none.stderr).toMatch(
    /^vgm: model.probes.mood\.json: no such probe: the model has loud; music, music-first, music-second go with every model/
  )
  const text = probeToJson(probeOf([1, 2, 3, 4, 5, 6, 7, 8]), { featureKind: 'states', model: 'sha256:0' })
  await writeFile(join(cwd, 'other.json'), text)
  const other = await vgm([...learn(), '--teacher', 'other.json'], { cwd })
  expect(other.code).toBe(1)
  expect(other.stderr).toMatch(/^vgm: other\.json: is a probe of another model/)
})

test.each([
  ['phrases to draw, but no teacher', ['--phrases', '3'], '--phrases: goes with --teacher only'],
  [
    'half of unlabelled music',
    ['--teacher', 'loud', '--half', 'first'],
    '--half: goes with labelled phrases only, not with --teacher'
  ],
  [
    'a teacher of what is no state',
    ['--teacher', 'loud', '--features', 'descriptors'],
    "--features descriptors: with --teacher the model's states are what learns"
  ],
  [
    'features that are none',
    ['--features', 'mood'],
    /^option '--features <kind>' argument 'mood' is invalid\. /
  ],
  ['a penalty that is none', ['--penalty', 'l3'], /^option '--penalty <kind>' argument 'l3' is invalid\. /],
  ['a third half', ['--half', 'third'], /^option '--half <which>' argument 'third' is invalid\. /]
])('%s is bad usage', async (_, args, message) => {
  const { code, stderr } = await vgm(probe(...args), { cwd })
  expect(code).toBe(2)
  const line = stderr.replace(/^vgm: (.*)\n$/, '$1')
  if (typeof message === 'string') expect(line).toBe(message)
  else expect(line).toMatch(message)
})

test('Ctrl-C ends a validation that would take minutes, and nothing is written', async () => {
  const before = await contentOf(cwd)
  const { code, stderr } = await vgm(
    probe('--features', 'both', '--permutations', '1000', '--repeats', '1000'),
    {
      cwd,
      meanwhile: child => child.stderr.once('data', () => child.kill('SIGINT')) // which engine: the work begins
    }
  )
  expect(code).toBe(130)
  expect(stderr).toMatch(/^vgm: stopped; nothing was written$/m)
  expect(await contentOf(cwd)).toEqual(before)
})

test('two pieces of different sentiment have no halves', async () => {
  const rows = [0, 1, 2, 3].map(k => `${k < 2 ? 1 : -1},piece${k >> 1},phrases/${k}`)
  await writeFile(join(cwd, 'labels.csv'), `label,id,filepath\n${rows.join('\n')}\n`)
  const { code, stderr } = await vgm(probe('--half', 'first'), { cwd })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /vgm: labels\.csv, first half of the pieces: holds (positive|negative) phrases only, expected both kinds\n$/
  )
})

test('the shipped model has no folder to keep a probe in', async () => {
  const { code, stderr } = await vgm(['probe', 'pretrained', 'labels.csv'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toBe('vgm: pretrained: is no folder to keep a probe in; name a file with --out\n')
  expect(await readdir(cwd)).not.toContain('probes')
})
