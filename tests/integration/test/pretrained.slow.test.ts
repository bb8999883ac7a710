import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openJudge } from '@vgm/emotion'
import { closePiece, decode, grammar, vocabulary } from '@vgm/encoding'
import { mlstm, steeringFromJson, steeringInputs } from '@vgm/mlstm'
import { evaluate, generate, loadModel, openModel } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelUrl, steeringUrls } from '@vgm/pretrained'
import { expect, test } from 'vitest'

const endOfPiece = vocabulary.idOf('\n')
const model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [mlstm], vocabulary })
const opened = await openModel(model, { engine: await nodeEngine('wasm') })

test('steered, composes what a judge that the steering never met finds positive or negative', {
  timeout: 180_000
}, async () => {
  const unseen = new URL('probes/music-second.json', modelUrl)
  const judge = await openJudge({ probe: await readFile(unseen, 'utf8') })
  const meanOf = async (target: keyof typeof steeringUrls) => {
    const text = await readFile(steeringUrls[target], 'utf8')
    const { steering } = steeringFromJson(text, target, model.config)
    const options = {
      seed: 5,
      count: 8,
      words: 200,
      grammar,
      endOfPiece,
      temperature: 0.95,
      held: steeringInputs(steering, model.config)
    }
    const pieces = await generate(opened, options)
    const positive = await judge.probabilities(pieces.map(ids => decode(closePiece(ids))))
    return positive.reduce((sum, value) => sum + value, 0) / pieces.length
  }
  expect(await meanOf('positive')).toBeGreaterThan(0.65)
  expect(await meanOf('negative')).toBeLessThan(0.5)
})

test('predicts its own music far better than chance, and noise no better', { timeout: 180_000 }, async () => {
  const [ids] = await generate(opened, { seed: 3, words: 200, grammar, endOfPiece, temperature: 1 })
  const music = await evaluate(opened, [closePiece(ids!)], { endOfPiece })
  expect(music.crossEntropy).toBeLessThan(2.5)
  const noise = Uint16Array.from({ length: 200 }, (_, k) => (k * 7919 + 13) % vocabulary.size)
  expect((await evaluate(opened, [noise], { endOfPiece })).crossEntropy).toBeGreaterThan(Math.log(225))
})
