import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { featureNames, featuresVersion } from '@vgm/features'
import { steeringFromJson, steeringToJson } from '@vgm/mlstm'
import { probeToJson } from '@vgm/probe'
import { beforeEach, expect, test, vi } from 'vitest'
import { probeOf } from '../../emotion/test/probe-of.js'
import { writeModel, writeMusic } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

let cwd: string
beforeEach(async () => {
  cwd = await temporaryFolder()
  await writeModel(join(cwd, 'model'))
  await mkdir(join(cwd, 'model/probes'))
  // Says that high music is positive.
  const weights = featureNames.map(name => (name === 'mean-pitch' ? 0.1 : 0))
  const high = probeToJson(probeOf(weights, -10), {
    featureKind: 'descriptors',
    featureNames,
    featuresVersion
  })
  const states = probeToJson(probeOf([0, 1, 0, 0, -1, 0, 0, 2], 0), { featureKind: 'states' })
  await writeFile(join(cwd, 'model/probes/music.json'), high)
  await writeFile(join(cwd, 'model/probes/valence.json'), states)
})

const small = ['--pieces', '16', '--words', '64', '--engine', 'onnx']
const steer = (target: string, ...args: string[]) => ['steer', 'model', '--target', target, ...small, ...args]

async function steeringOf(file: string) {
  return steeringFromJson(await readFile(join(cwd, file), 'utf8'), file, { units: 8 })
}

test('what it finds moves the judge', async () => {
  await writeModel(join(cwd, 'model'), undefined, 6)
  const found: Record<string, { steered: number; unsteered: number }> = {}
  for (const target of ['positive', 'negative']) {
    const { stdout } = await done(
      steer(
        target,
        '--pieces',
        '64',
        '--words',
        '120',
        '--steps',
        '20',
        '--learning-rate',
        '0.2',
        '--penalty',
        '0',
        '--json'
      ),
      { cwd }
    )
    const { out, check, steered } = JSON.parse(stdout)
    expect({ out, steered }).toEqual({ out: join('model', 'steering', `${target}.json`), steered: 8 })
    found[target] = check.probability
    for (const { alone } of [check.form.unsteered, check.form.steered]) expect(alone).toBeGreaterThan(0)
  }
  expect(found.positive!.steered).toBeGreaterThan(found.positive!.unsteered)
  expect(found.negative!.steered).toBeLessThan(found.positive!.steered)
  expect((await readdir(join(cwd, 'model/steering'))).sort()).toEqual([
    'negative-history.svg',
    'negative.json',
    'positive-history.svg',
    'positive.json'
  ])
})

test('a steering composes other music, unless it has no strength', async () => {
  await mkdir(join(cwd, 'model/steering'))
  const steering = { neurons: Int32Array.of(1, 4), offsets: Float32Array.of(0.5, -0.5), mode: 'add' } as const
  await writeFile(
    join(cwd, 'model/steering/negative.json'),
    steeringToJson({ steering, units: 8, provenance: {} })
  )
  const generate = [
    'generate',
    '--model',
    'model',
    '--words',
    '60',
    '--seed',
    '3',
    '--engine',
    'onnx',
    '--transpose',
    '0',
    '--out'
  ]
  await done([...generate, 'plain.mid'], { cwd })
  await done([...generate, 'negative.mid', '--sentiment', 'negative'], { cwd })
  await done([...generate, 'none.mid', '--sentiment', 'negative', '--strength', '0'], { cwd })
  const content = await contentOf(cwd)
  expect(content[join(cwd, 'negative.mid')]).not.toBe(content[join(cwd, 'plain.mid')])
  expect(content[join(cwd, 'none.mid')]).toBe(content[join(cwd, 'plain.mid')])
})

test.each([
  ['gradient', []],
  ['genetic', ['--method', 'genetic', '--population', '4', '--pieces', '3', '--neurons', 'valence']]
])('%s: the same seed finds the same, at once or stopped and resumed', async (_, method) => {
  await done(steer('positive', '--steps', '5', '--out', 'whole.json', ...method), { cwd })
  const part = steer('positive', '--steps', '5', '--out', 'part.json', ...method)
  const { code, stderr } = await vgm(part, {
    cwd,
    meanwhile(child) {
      const search = join(cwd, 'part.search.json')
      void vi
        .waitFor(() => readFile(search), { timeout: 60_000, interval: 5 })
        .then(() => child.kill('SIGINT'))
    }
  })
  expect(code).toBe(130)
  expect(stderr).toMatch(/stopped after step \d; the same command with --resume goes on from there/)
  const files = Object.keys(await contentOf(cwd))
  expect(files).toContain(join(cwd, 'part.search.json'))
  expect(files).not.toContain(join(cwd, 'part.json'))
  await done([...part, '--resume'], { cwd })
  expect(await steeringOf('part.json')).toEqual(await steeringOf('whole.json'))
  expect(Object.keys(await contentOf(cwd))).not.toContain(join(cwd, 'part.search.json'))
})

test('real music sets the ranges, and leaving them costs', async () => {
  await writeMusic(join(cwd, 'music'), 3)
  const search = async (penalty: string) => {
    const options = ['--steps', '6', '--learning-rate', '0.2', '--music', 'music', '--penalty', penalty]
    const { stdout } = await done(steer('positive', ...options, '--out', `${penalty}.json`, '--json'), {
      cwd
    })
    return JSON.parse(stdout)
  }
  const [free, kept] = [await search('0'), await search('5')]
  const tempo = { descriptor: 'mean-tempo', low: 120, high: 120 }
  expect(free.ranges).toContainEqual(tempo)
  expect(kept.ranges).toEqual(free.ranges)
  expect(kept.check.excess.steered).toBeLessThan(free.check.excess.steered)
  const again = steer('positive', '--out', '5.json')
  expect(await vgm(again, { cwd })).toMatchObject({
    code: 2,
    stderr: 'vgm: 5.json: exists already; delete it, or choose another --out\n'
  })
})

test("the paper's search evolves what the probe's units are given", async () => {
  const few = ['--method', 'genetic', '--population', '4', '--pieces', '3', '--steps', '2']
  const { stdout } = await done(
    steer('negative', '--out', 'a.json', ...few, '--neurons', 'valence', '--mode', 'set'),
    { cwd }
  )
  expect(stdout).toMatch(
    /^wrote a\.json: 3 units; music finds 64 new pieces 0\.\d{3} positive without, 0\.\d{3} with it\n\nmeasure /
  )
  const { steering } = await steeringOf('a.json')
  expect(steering.mode).toBe('set')
  expect([...steering.neurons]).toEqual([1, 4, 7])
  expect(steering.offsets.every(offset => Math.abs(offset) <= 2)).toBe(true)
  const args = ['generate', '--model', 'model', '--words', '30', '--sentiment', 'a.json', '--strength', '0.5']
  expect(await vgm(args, { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('a.json: replaces the state of units: it has no --strength')
  })
})

test('what cannot be steered is refused before the work begins', async () => {
  await writeFile(join(cwd, 'broken.json'), '{')
  await writeFile(join(cwd, 'damaged.search.json'), '{"format":"vgm-steering-search-1"}')
  const wrong: [string[], number, string][] = [
    [['steer', 'model', '--target', 'sad'], 2, 'Expected positive, negative or a number from 0 to 1.'],
    [['steer', 'model', '--target', '1.5'], 2, 'Expected positive, negative or a number from 0 to 1.'],
    [['steer', 'model'], 2, "required option '--target <t>'"],
    [
      steer('positive', '--method', 'genetic', '--learning-rate', '1'),
      2,
      '--learning-rate is for --method gradient'
    ],
    [steer('positive', '--population', '9'), 2, '--population is for --method genetic'],
    [steer('positive', '--method', 'genetic'), 2, 'the probe music reads no unit of the model'],
    [steer('positive', '--probe', 'mood'), 1, 'no such probe: the model has music, valence'],
    [steer('positive', '--probe', 'broken.json'), 1, 'broken.json: '],
    [steer('positive', '--out', '-'), 2, '--out -: expected a file'],
    [steer('positive', '--out', 'a.mid'), 2, '--out a.mid: JSON is written here, not .mid: name it a.json'],
    [steer('positive', '--out', 'damaged.json', '--resume'), 1, 'damaged.search.json: '],
    [steer('positive', '--resume'), 2, 'no such search to resume'],
    [['steer', 'pretrained', '--target', 'positive'], 1, 'is no folder to keep a steering in'],
    [
      ['generate', '--model', 'model', '--sentiment', 'positive'],
      1,
      'model: cannot be steered yet; vgm steer model --target positive finds how'
    ],
    [['generate', '--model', 'model', '--sentiment', 'broken.json'], 1, 'broken.json: is not JSON'],
    [['generate', '--model', 'model', '--strength', '0.5'], 2, '--strength is how much of a --sentiment'],
    [
      ['generate', '--model', 'model', '--sentiment', 'positive', '--strength', '2'],
      2,
      'Expected a number from 0 to 1.'
    ]
  ]
  const before = await contentOf(cwd)
  for (const [args, code, message] of wrong) {
    const ended = await vgm(args, { cwd })
    expect(ended, args.join(' ')).toMatchObject({ code, stderr: expect.stringContaining(message) })
    expect(ended.stderr, args.join(' ')).not.toContain('    at ')
  }
  expect(await contentOf(cwd)).toEqual(before)
})
