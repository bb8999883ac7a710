import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Score } from '@vgm/encoding'
import { steeringFromJson } from '@vgm/mlstm'
import { modelDigest } from '@vgm/nn'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { modelWith } from '../../test/toy.js'
import { findSteering } from './find-steering.js'
import { samplePieces } from './sample-pieces.js'
import { SearchFileError } from './search-file.js'

vi.setConfig({ testTimeout: 60_000 })

const model = modelWith({ '.': 3 })
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-steer-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

const notesOf = (pieces: readonly Score[]) => pieces.reduce((sum, { notes }) => sum + notes.length, 0)

/** Finds pieces positive that have many notes, at most as many as the model composes unsteered. */
async function find(name: string, options: Partial<Parameters<typeof findSteering<number, number>>[1]> = {}) {
  return findSteering<number, number>(model, {
    ...{ path: join(folder, name), method: { name: 'gradient', learningRate: 0.2 }, target: 1 },
    ...{
      neurons: Int32Array.of(1, 4, 5),
      steps: 3,
      count: 4,
      words: 24,
      seed: 3,
      engine: await onnxEngine()
    },
    ...{ about: { probe: 'notes' }, digests: { probeWeights: 'sha256:1' } },
    rangesOf: async pieces => notesOf(pieces) / pieces.length,
    assess: async (pieces, most) =>
      pieces.map(({ notes }) => {
        const probability = Math.min(1, notes.length / (2 * most))
        return { probability, excess: 0, cost: (1 - probability) ** 2 }
      }),
    formOf: notesOf,
    ...options
  })
}

test('a steering is found, measured before and after, and written with a plot', async () => {
  const { steering, provenance } = await find('a.json')
  expect((await readdir(folder)).sort()).toEqual(['a-history.svg', 'a.json'])
  const text = await readFile(join(folder, 'a.json'), 'utf8')
  const expected = { units: 8, model: await modelDigest(model) }
  expect(steeringFromJson(text, 'a.json', expected).steering).toEqual(steering)
  expect(provenance).toMatchObject({ probe: 'notes', target: 1, pieces: 4, check: { pieces: 64, words: 48 } })
  expect(provenance).not.toHaveProperty('probeWeights')
  const sample = { count: 64, words: 48, engine: await onnxEngine() }
  expect(provenance.ranges).toBe(notesOf(await samplePieces(model, { ...sample, seed: 6 })) / 64)
  expect(provenance.check.form).toEqual({
    unsteered: notesOf(await samplePieces(model, { ...sample, seed: 4 })),
    steered: notesOf(await samplePieces(model, { ...sample, seed: 4, steering }))
  })
})

test('a search that is stopped goes on to the same steering', async () => {
  const whole = await find('whole.json')
  const controller = new AbortController()
  const stopped = find('part.json', {
    signal: controller.signal,
    onSteps: ({ length }) => length === 2 && controller.abort()
  })
  await expect(stopped).rejects.toThrow('aborted')
  expect(await readdir(folder)).toContain('part.search.json')
  const lengths: number[] = []
  const resumed = await find('part.json', { resume: true, onSteps: ({ length }) => lengths.push(length) })
  expect(lengths).toEqual([2, 3])
  expect(resumed).toEqual(whole)
  expect(await readFile(join(folder, 'part.json'))).toEqual(await readFile(join(folder, 'whole.json')))
})

test('a state that is damaged is told from a fault', async () => {
  const controller = new AbortController()
  const onSteps = ({ length }: { readonly length: number }) => length === 1 && controller.abort()
  await find('a.json', { signal: controller.signal, onSteps }).catch(() => {})
  const path = join(folder, 'a.search.json')
  const search = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify({ ...search, state: '{' }))
  const resumed = find('a.json', { resume: true })
  await expect(resumed).rejects.toThrow(SearchFileError)
  await expect(resumed).rejects.toMatchObject({ reason: 'damaged', path })
})
