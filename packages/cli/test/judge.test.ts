import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode, parseMidi, vocabulary } from '@vgm/encoding'
import { describe as describeMusic, featureNames, featuresVersion } from '@vgm/features'
import { modelDigest, openModel, readStates } from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { modelUrl } from '@vgm/pretrained'
import { probeFromJson, probeToJson } from '@vgm/probe'
import { beforeEach, expect, test, vi } from 'vitest'
import { probeOf } from '../../emotion/test/probe-of.js'
import { openJudge } from '../src/inputs/open-judge.js'
import { readModel } from '../src/inputs/open-model.js'
import { midiFile, writeModel } from './music.js'
import { temporaryFolder } from './vgm.js'

const scores = [0, 1, 2].map(index => parseMidi(midiFile(index)))
const descriptors = { featureKind: 'descriptors', featuresVersion }
const never = async (): Promise<never> => {
  throw new Error('not needed')
}
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

let folder: string
beforeEach(async () => {
  folder = join(await temporaryFolder(), 'model')
  await writeModel(folder)
  await mkdir(join(folder, 'probes'))
})

const write = (name: string, text: string) => writeFile(join(folder, 'probes', `${name}.json`), text)
const open = (name: string) =>
  openJudge(name, { model: () => readModel(folder), folder, engine: () => nodeEngine('cpu') })

test('a probe of descriptors needs neither model nor engine', async () => {
  const weights = featureNames.map(name => (name === 'mean-pitch' ? 0.5 : 0))
  await write('music', probeToJson(probeOf(weights, -30), descriptors))
  const judge = await openJudge('music', { model: never, folder, engine: never })
  expect(judge).toMatchObject({ name: 'music', kind: 'descriptors', probe: { intercept: -30 } })
  const pitches = scores.map(
    score => describeMusic(score.notes, score).values[featureNames.indexOf('mean-pitch')]!
  )
  const expected = pitches.map(pitch => sigmoid(pitch / 2 - 30))
  const probabilities = await judge.probabilities(scores)
  expect(probabilities).toHaveLength(3)
  for (const [index, value] of probabilities.entries()) expect(value).toBeCloseTo(expected[index]!, 12)
})

test('a probe of states reads them with the model, on an engine that is opened once', async () => {
  const model = await readModel(folder)
  const weights = [3, -2, 0, 0, 1, 0, 0, 5]
  await write(
    'valence',
    probeToJson(probeOf(weights, 0.1), { featureKind: 'states', model: await modelDigest(model) })
  )
  const engine = await nodeEngine('cpu')
  const openEngine = vi.fn(async () => engine)
  const judge = await openJudge('valence', { model: async () => model, folder, engine: openEngine })
  expect(openEngine).not.toHaveBeenCalled()

  const sequences = scores.map(score => [vocabulary.idOf('\n'), ...encode(score).subarray(0, -1)])
  const opened = await openModel(model, { engine })
  const states = await readStates(opened, sequences, { summary: 'last' })
  opened.dispose()
  const shares: number[] = []
  const probabilities = await judge.probabilities(scores, {
    onProgress: ({ done, total }) => shares.push(done / total!)
  })
  await judge.probabilities(scores.slice(1))
  expect(openEngine).toHaveBeenCalledTimes(1)
  expect(shares.at(-1)).toBe(1)
  probabilities.forEach((value, row) => {
    const margin = weights.reduce((sum, weight, unit) => sum + weight * states[row * 8 + unit]!, 0.1)
    expect(value).toBeCloseTo(sigmoid(margin), 6)
  })
})

test('a path is a path, also of a probe that lies elsewhere', async () => {
  const path = join(folder, 'mine.json')
  await writeFile(
    path,
    probeToJson(
      probeOf(
        featureNames.map(() => 0),
        1
      ),
      descriptors
    )
  )
  expect((await (await open(path)).probabilities(scores.slice(0, 1)))[0]).toBeCloseTo(sigmoid(1), 12)
})

const states = { featureKind: 'states' }
test.each([
  [
    'another version of the descriptors',
    probeToJson(probeOf(featureNames.map(() => 1)), { ...descriptors, featuresVersion: featuresVersion + 1 }),
    new RegExp(
      `music\\.json: is of version ${featuresVersion + 1} of the descriptors, expected ${featuresVersion};`
    )
  ],
  [
    'the first version, which files do not name',
    probeToJson(probeOf(Array(8 + featureNames.length).fill(1)), { featureKind: 'both' }),
    new RegExp(
      `music\\.json: is of version 1 of the descriptors, expected ${featuresVersion}; vgm probe fits it anew$`
    )
  ],
  ['no JSON', 'nonsense', /music\.json: is not JSON$/],
  [
    'features of no kind',
    probeToJson(probeOf([1])),
    /music\.json: features\.kind expected one of states, .*both, got nothing$/
  ],
  ['features of another kind', probeToJson(probeOf([1]), { featureKind: 'colours' }), /got "colours"$/],
  [
    'another model',
    probeToJson(probeOf(Array(8).fill(1)), { ...states, model: 'sha256:0' }),
    /music\.json: is a probe of another model: .*model has other weights$/
  ],
  [
    'a model of another size',
    probeToJson(probeOf([1, 2]), states),
    /music\.json: expected 8 columns of kind states, got 2$/
  ],
  [
    'other descriptors',
    probeToJson(probeOf(featureNames.map(() => 1)), {
      ...descriptors,
      featureNames: featureNames.map((_, k) => `x${k}`)
    }),
    /music\.json: is of other descriptors: expected "major-key-strength", got "x0"$/
  ]
])('refuses a probe of %s and names the file', async (_, text, message) => {
  if (text !== undefined) await write('music', text)
  await expect(open('music')).rejects.toThrow(message)
  await expect(open('music')).rejects.toHaveProperty('name', 'CommandError')
})

test('says which probes there are where one is missing, and which file', async () => {
  await write('valence', '')
  await write('music', '')
  await expect(open('mood')).rejects.toThrow(
    `${join(folder, 'probes', 'mood.json')}: no such probe: the model has music, valence; music-first, music-second go with every model. vgm probe makes them`
  )
  await expect(open('./mood')).rejects.toThrow('./mood: no such file or folder')
  await expect(open('mood.json')).rejects.toThrow('mood.json: no such file or folder')
})

test('where the model has no probe of the name, a shipped one of descriptors does', async () => {
  const judge = await openJudge('music-first', { model: never, folder, engine: never })
  const { probe } = probeFromJson(await readFile(new URL('probes/music-first.json', modelUrl), 'utf8'))
  expect(judge).toMatchObject({ name: 'music-first', kind: 'descriptors', probe })
  await write('music-first', probeToJson(probeOf(featureNames.map(() => 0)), descriptors))
  const own = await openJudge('music-first', { model: never, folder, engine: never })
  expect([...(await own.probabilities(scores.slice(0, 1)))]).toEqual([0.5])
})

test('a shipped probe of states is of the shipped model alone', async () => {
  await expect(open('valence')).rejects.toThrow(
    'no such probe: the model has none; music, music-first, music-second'
  )
})
