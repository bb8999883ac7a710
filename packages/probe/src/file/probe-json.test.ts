import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeExamples } from '../../test/examples.js'
import { crossValidate, fit, JsonError, ProbeMismatchError, probeFromJson, probeToJson } from '../index.js'

const { features, labels, groups } = makeExamples(60, 6, 2, 3)
const probe = fit(features, labels, { penalty: 'elastic-net', C: 0.3 })
const validation = {
  'by piece': crossValidate(features, labels, { folds: 3, groups, Cs: [0.3], permutations: 2 })
}
const notes = {
  model: 'sha256:12',
  featureKind: 'final cell state',
  featuresVersion: 3,
  featureNames: ['a', 'b', 'c', 'd', 'e', 'f']
}
const text = probeToJson(probe, { ...notes, validation })

/** The document with the value at a path replaced. */
function withField(path: readonly string[], value: unknown): string {
  const document = JSON.parse(text) as Record<string, unknown>
  const last = path.at(-1) as string
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Record<string, unknown>, document)
  parent[last] = value
  return JSON.stringify(document)
}

describe('a probe as JSON', () => {
  it('comes back bit for bit, with all that is said about it', () => {
    const { protocol, majorityRate, scores, permuted, confusion } = validation['by piece']
    expect(probeFromJson(text)).toEqual({
      probe,
      ...notes,
      validation: { 'by piece': { protocol, majorityRate, scores, permuted, confusion } }
    })
    expect(probeFromJson(probeToJson(probe))).toEqual({ probe })
  })

  it('lists only the neurons in use', () => {
    const document = JSON.parse(probeToJson({ ...probe, weights: Float64Array.of(0, 0.25, 0) }))
    expect(document).toMatchObject({
      format: 'vgm-probe-1',
      features: { columns: 3 },
      neurons: [{ neuron: 1, weight: 0.25 }]
    })
  })

  it.each([
    ['{', 'probeFromJson: is not JSON'],
    ['[]', 'format is missing'],
    [withField(['format'], 'vgm-probe-2'), 'format expected "vgm-probe-1", got "vgm-probe-2"'],
    [withField(['features', 'columns'], 0), 'features.columns expected >=1, got 0'],
    [withField(['features', 'version'], 0), 'features.version expected >=1, got 0'],
    [withField(['features', 'names'], ['a']), 'features.names expected 6 names, got 1'],
    [withField(['features', 'names', '2'], 7), 'features.names[2] expected string, got 7'],
    [withField(['neurons', '1', 'neuron'], 6), 'neurons[1].neuron expected less than 6, got 6'],
    [withField(['neurons', '0', 'weight'], null), 'neurons[0].weight expected number, got null'],
    [withField(['intercept'], '1'), 'intercept expected number, got "1"'],
    [withField(['fit', 'C'], 0), 'fit.C expected >0, got 0'],
    [withField(['fit', 'penalty'], 'l3'), 'fit.penalty expected ("l1" | "l2" | "elastic-net"), got "l3"'],
    [withField(['fit', 'converged'], undefined), 'fit.converged is missing'],
    [
      withField(['validation', 'by piece', 'scores', 'auc', 'mean'], 'high'),
      'validation.by piece.scores.auc.mean expected number, got "high"'
    ]
  ])('refuses a damaged file, naming the field (%#)', (damaged, message) => {
    expect(() => probeFromJson(damaged)).toThrow(JsonError)
    expect(() => probeFromJson(damaged)).toThrow(message)
  })

  it('refuses a neuron that is listed twice', () => {
    const [first] = (JSON.parse(text) as { neurons: unknown[] }).neurons
    expect(() => probeFromJson(withField(['neurons', '1'], first))).toThrow(
      'neurons[1].neuron is listed twice'
    )
  })

  it('refuses a probe for another model, naming both', () => {
    expect(() => probeFromJson(text, { columns: 512 })).toThrow(
      new ProbeMismatchError('features.columns', 512, 6)
    )
    expect(() => probeFromJson(text, { model: 'sha256:34' })).toThrow(
      'probeFromJson: model expected "sha256:34", got "sha256:12"'
    )
    expect(probeFromJson(text, { columns: 6, model: 'sha256:12' }).probe).toEqual(probe)
  })

  it('answers any JSON with a probe or a typed error', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.constantFrom('neurons', 'features', 'fit', 'validation', 'model'),
        (json, field) => {
          for (const damaged of [json, withField([field], JSON.parse(json))]) {
            try {
              probeFromJson(damaged)
            } catch (error) {
              expect(error).toBeInstanceOf(JsonError)
            }
          }
        }
      ),
      { seed: 4 }
    )
  })
})
