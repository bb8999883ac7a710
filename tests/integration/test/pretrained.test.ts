import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { closePiece, decode, encode, grammar, parseMidi, vocabulary, writeMidi } from '@vgm/encoding'
import { featureNames } from '@vgm/features'
import { mlstm } from '@vgm/mlstm'
import { generate, loadModel, openModel } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelFileUrls, modelUrl, probeUrls } from '@vgm/pretrained'
import { probeFromJson } from '@vgm/probe'
import { describe, expect, test } from 'vitest'

const endOfPiece = vocabulary.idOf('\n')
const model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [mlstm], vocabulary })
const opened = await openModel(model, { engine: await nodeEngine('wasm') })
const compose = (seed: number, words: number) =>
  generate(opened, { seed, words, grammar, endOfPiece, temperature: 1 })

describe('the shipped model', { timeout: 180_000 }, () => {
  test('is small enough to be fetched by a page', async () => {
    const { size } = await stat(fileURLToPath(modelFileUrls['weights.safetensors']))
    expect(size).toBeLessThan(16e6)
  })

  test('has 1,024 units, and says what it was trained on and how well it predicts', () => {
    expect(model.config.units).toBe(1024)
    expect(model.provenance).toMatchObject({ data: { pieces: 721, words: 1669193 } })
    expect(model.metrics.validationCrossEntropy).toBeLessThan(1.36)
    expect(model.license).toContain('VGMIDI')
  })

  test('says in package.json, and so on npm, that its weights have terms of their own', async () => {
    const manifest = JSON.parse(await readFile(new URL('../package.json', modelUrl), 'utf8'))
    expect(manifest.license).toBe('SEE LICENSE IN LICENSE.md')
    const terms = await readFile(new URL('../LICENSE.md', modelUrl), 'utf8')
    expect(terms).toContain('Apache License 2.0')
    expect(terms).toContain('research use')
    expect(model.license).toContain('research use')
  })

  test('composes pieces that decode strictly and survive being written as MIDI', async () => {
    const [ids] = await compose(7, 150)
    const piece = closePiece(ids!)
    const score = decode(piece, { strict: true })
    expect(encode(parseMidi(writeMidi(score)))).toEqual(piece)
    expect(score.notes.length).toBeGreaterThan(10)
  })

  test('composes the same piece for the same seed and another for another', async () => {
    const [a] = await compose(7, 40)
    const [b] = await compose(7, 40)
    const [c] = await compose(8, 40)
    expect(b).toEqual(a)
    expect(c).not.toEqual(a)
  })

  test('has a probe of its states and one of musical descriptors', async () => {
    const columns = { valence: model.config.units, music: featureNames.length }
    for (const [name, count] of Object.entries(columns) as [keyof typeof probeUrls, number][]) {
      const file = probeFromJson(await readFile(probeUrls[name], 'utf8'), { columns: count })
      expect(file.probe.converged, name).toBe(true)
      expect(file.validation?.['by piece']?.scores.accuracy.mean, name).toBeGreaterThan(0.6)
    }
  })
})
