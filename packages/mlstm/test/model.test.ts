import { InvalidOptionError } from '@vgm/base'
import {
  loadModel as load,
  ModelFormatError,
  type ModelSource,
  modelFileNames,
  modelFiles,
  NotFiniteError,
  type VocabularyId
} from '@vgm/nn'
import { describe, expect, test } from 'vitest'
import { mlstm } from '../src/index.js'
import { freshModel, parameterNames } from './models.js'

const config = { vocabularySize: 3, embedding: 2, units: 2 }
const model = freshModel(config, 5)
const files = modelFiles(model, 'F32')
const { description, weights } = modelFileNames

const loadModel = (source: ModelSource, vocabulary?: VocabularyId) =>
  load(source, { architectures: [mlstm], ...(vocabulary && { vocabulary }) })

function sourceOf(given: Record<string, Uint8Array>): ModelSource {
  return { read: async name => given[name] ?? Promise.reject(new ModelFormatError(name, 'not found')) }
}

/** The files with another description. */
function described(change: (json: Record<string, unknown>) => object): Record<string, Uint8Array> {
  const json = JSON.parse(new TextDecoder().decode(files[description])) as Record<string, unknown>
  return { ...files, [description]: new TextEncoder().encode(JSON.stringify(change(json))) }
}

const problemOf = (given: Record<string, Uint8Array>) =>
  loadModel(sourceOf(given)).then(
    () => expect.unreachable('it loads'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(ModelFormatError)
      return (error as Error).message
    }
  )

describe('a model folder', { timeout: 60_000 }, () => {
  test('holds the whole model: float32 exactly', async () => {
    expect(Object.keys(files).sort()).toEqual(['model.json', 'weights.safetensors'])
    expect(await loadModel(sourceOf(files))).toMatchObject(model)
  })

  test('holds float16 weights to 11 significant bits, in half the bytes', async () => {
    const halves = modelFiles(model, 'F16')
    const read = await loadModel(sourceOf(halves))
    expect({ ...read, weights: null }).toMatchObject({ ...model, weights: null })
    let values = 0
    for (const name of parameterNames) {
      values += read.weights[name]!.length
      for (const [k, value] of model.weights[name].entries()) {
        expect(Math.abs(read.weights[name]![k]! - value)).toBeLessThanOrEqual(2 ** -11 * Math.abs(value))
      }
    }
    expect(files[weights]!.length - halves[weights]!.length).toBeGreaterThanOrEqual(2 * values)
  })

  test('is not made of weights or metrics that are not finite, nor in 16 bits of weights beyond them', () => {
    const withWeight = (value: number) => {
      const wx = model.weights.wx.slice()
      wx[3] = value
      return { ...model, weights: { ...model.weights, wx } }
    }
    for (const type of ['F32', 'F16'] as const) {
      expect(() => modelFiles(withWeight(Number.NaN), type)).toThrow(new NotFiniteError('weights.wx[3]'))
      expect(() => modelFiles(withWeight(Number.NEGATIVE_INFINITY), type)).toThrow(NotFiniteError)
      expect(() => modelFiles({ ...model, metrics: { validationCrossEntropy: Number.NaN } }, type)).toThrow(
        new NotFiniteError('metrics.validationCrossEntropy')
      )
    }
    expect(() => modelFiles(withWeight(-65_520), 'F16')).toThrow(
      new InvalidOptionError('modelFiles', 'type', 'F32, since weights.wx[3] is beyond ±65504', 'F16')
    )
  })

  test.each([
    ['F32', 65_520],
    ['F16', 65_519]
  ] as const)('holds in %s a weight of %d', async (type, value) => {
    const bo = Float32Array.of(value, 0, 0)
    const read = await loadModel(sourceOf(modelFiles({ ...model, weights: { ...model.weights, bo } }, type)))
    expect(read.weights.bo![0]).toBe(type === 'F32' ? value : 65_504)
  })

  test('written, read and written again has the same bytes', async () => {
    for (const type of ['F32', 'F16'] as const) {
      const once = modelFiles(model, type)
      expect(modelFiles(await loadModel(sourceOf(once)), type)).toEqual(once)
    }
  })

  test('loads for its vocabulary, whatever its name; for another the error names both', async () => {
    const { hash } = model.vocabulary
    expect(await loadModel(sourceOf(files), { name: 'other name', hash })).toMatchObject({ config })
    const asked = loadModel(sourceOf(files), { name: 'syllables', hash: 'sha256:fedcba9876543210' })
    await expect(asked).rejects.toThrow(
      "model.json: vocabulary expected 'syllables' (sha256:fedcba987654…), got 'letters' (sha256:0123456789ab…)"
    )
    await expect(asked).rejects.toThrow(ModelFormatError)
  })

  test('of another format, version, gate order or shape is refused with both sides named', async () => {
    const change = (fields: object) => problemOf(described(json => ({ ...json, ...fields })))
    expect(await change({ format: 'gguf' })).toBe('model.json: format expected "vgm-mlstm", got "gguf"')
    expect(await change({ formatVersion: 2 })).toBe('model.json: formatVersion expected 1, got 2')
    expect(await change({ gateOrder: 'iofu' })).toBe('model.json: gateOrder expected "ifou", got "iofu"')
    expect(await change({ config: { ...config, units: 4 } })).toBe(
      'weights.safetensors: wx expected [2, 16], got [2, 8]'
    )
    expect(await change({ vocabulary: { name: 'letters' } })).toContain(
      'model.json: vocabulary.hash expected'
    )
    expect(await change({ license: undefined })).toContain('model.json: license expected')
    expect(await change({ config: { ...config, units: 0 } })).toBe(
      'model.json: config.units expected >=1, got 0'
    )
    expect(await change({ config: { ...config, units: 1.5 } })).toBe(
      'model.json: config.units expected an integer, got 1.5'
    )
    expect(await change({ metrics: { loss: 'low' } })).toContain('model.json: metrics.loss expected number')
    expect(await problemOf(described(() => []))).toMatch(/^model\.json: /)
  })

  test('that is damaged, or lacks a file, is refused', async () => {
    const encode = (text: string) => new TextEncoder().encode(text)
    expect(await problemOf({ ...files, [description]: encode('{"format"') })).toBe('model.json: is not JSON')
    expect(await problemOf({ [description]: files[description]! })).toBe('weights.safetensors: not found')
    expect(await problemOf({ [weights]: files[weights]! })).toBe('model.json: not found')
    const other = modelFiles(freshModel({ ...config, embedding: 3 }, 1), 'F32')
    expect(await problemOf({ ...files, [weights]: other[weights]! })).toBe(
      'weights.safetensors: embedding expected [3, 2], got [3, 3]'
    )
  })

  test.each(['F32', 'F16'] as const)(
    'whose %s weights have a single wrong bit, anywhere, is refused or has the same values',
    async type => {
      const whole = modelFiles(model, type)
      const expected = (await loadModel(sourceOf(whole))).weights
      let refused = 0
      const bits = 8 * whole[weights]!.length
      for (let bit = 0; bit < bits; bit++) {
        const bytes = whole[weights]!.slice()
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        const outcome = await loadModel(sourceOf({ ...whole, [weights]: bytes })).catch(
          (error: unknown) => error
        )
        if (outcome instanceof ModelFormatError) refused++
        else expect(outcome, `bit ${bit}`).toMatchObject({ weights: expected })
      }
      const dataBits =
        8 *
        parameterNames.reduce((total, name) => total + expected[name]!.length, 0) *
        (type === 'F32' ? 4 : 2)
      expect(refused).toBeGreaterThan(dataBits)
    }
  )

  test('whose weights are cut off, anywhere, is refused', async () => {
    for (let length = 0; length < files[weights]!.length; length++) {
      await problemOf({ ...files, [weights]: files[weights]!.slice(0, length) })
    }
  })
})
