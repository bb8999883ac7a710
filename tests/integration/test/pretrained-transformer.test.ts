import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openPlannedComposer, planBankFromJson } from '@vgm/composer'
import { vocabulary } from '@vgm/encoding'
import { form } from '@vgm/features'
import type { Engine } from '@vgm/nn'
import { loadModel } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelFileUrls, modelUrl, plansUrl } from '@vgm/pretrained-transformer'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { transformer } from '@vgm/transformer'
import { describe, expect, test } from 'vitest'

const model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [transformer], vocabulary })
const plans = planBankFromJson(await readFile(plansUrl, 'utf8'))
const compose = async (engine: Engine, bars: number, count = 1) => {
  await using composer = await openPlannedComposer({ model, plans, engine })
  return composer.composeAll({ seed: 7, bars, count, bestOf: 1 })
}

describe('the shipped transformer', { timeout: 180_000 }, () => {
  test('is small enough to be fetched by a page, with its plans', async () => {
    const files = [...Object.values(modelFileUrls), plansUrl]
    const sizes = await Promise.all(files.map(async url => (await stat(fileURLToPath(url))).size))
    expect(sizes.reduce((total, size) => total + size, 0)).toBeLessThan(12e6)
  })

  test('says what it was trained on, how well it predicts, and its terms', async () => {
    expect(model.provenance).toMatchObject({ data: { pieces: 681, heldOut: 40 } })
    expect(model.metrics.validationCrossEntropy).toBeLessThan(2)
    expect(model.license).toContain('research use')
    const terms = await readFile(new URL('../LICENSE.md', modelUrl), 'utf8')
    expect(terms).toContain('research use')
  })

  test('composes pieces with the form of their plans', async () => {
    const pieces = await compose(await onnxEngine(), 16, 4)
    for (const { bars, score, followed } of pieces) {
      expect(bars).toBe(16)
      const { endsHeld, sevenClasses } = form(score)
      expect(endsHeld).toBe(true)
      expect(sevenClasses).toBeGreaterThan(0.75)
      expect(followed.returns).toBeGreaterThan(0.6)
    }
    const mean = (of: (piece: (typeof pieces)[number]) => number) =>
      pieces.reduce((sum, piece) => sum + of(piece), 0) / pieces.length
    expect(mean(piece => piece.followed.density)).toBeGreaterThan(0.45)
    expect(mean(piece => piece.followed.chords)).toBeGreaterThan(0.35)
  })

  test('composes the same words on WebAssembly', async () => {
    const [native] = await compose(await onnxEngine(), 4)
    const [web] = await compose(await nodeEngine('wasm'), 4)
    expect(web!.words).toEqual(native!.words)
  })
})
