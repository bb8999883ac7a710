import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeMidi } from '@vgm/encoding'
import { probeFromJson } from '@vgm/probe'
import { beforeEach, expect, test } from 'vitest'
import { writeModel } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

/** A bar and a half: loud and major, or quiet and minor; a little different for each index. */
function phrase(isPositive: boolean, index: number): Uint8Array {
  const scale = isPositive ? [0, 4, 7, 12, 7, 4] : [0, 3, 7, 12, 8, 3]
  const notes = scale.map((step, k) => ({
    pitch: 50 + (index % 7) + step,
    velocity: (isPositive ? 90 : 40) + (index % 5),
    startTick: k * 240,
    durationTicks: 240,
    channel: 0,
    program: 0
  }))
  return writeMidi({
    ticksPerQuarter: 480,
    notes,
    tempos: [{ tick: 0, tempoBpm: 100 }],
    timeSignatures: [],
    keySignatures: []
  })
}

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await mkdir(join(cwd, 'phrases'))
  await writeModel(join(cwd, 'model'))
  const rows = ['label,id,filepath']
  for (let index = 0; index < 24; index++) {
    const isPositive = (index >> 1) % 2 === 0
    rows.push(`${isPositive ? 1 : -1},piece${index >> 1},phrases/${index}`)
    await writeFile(join(cwd, `phrases/${index}.mid`), phrase(isPositive, index))
  }
  await writeFile(join(cwd, 'labels.csv'), `${rows.join('\n')}\n`)
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
  expect(report.out).toBe(join('model', 'probes', 'valence.json'))
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

test('the shipped model has no folder to keep a probe in', async () => {
  const { code, stderr } = await vgm(['probe', 'pretrained', 'labels.csv'], { cwd })
  expect(code).toBe(1)
  expect(stderr).toBe('vgm: pretrained: is no folder to keep a probe in; name a file with --out\n')
  expect(await readdir(cwd)).not.toContain('probes')
})
