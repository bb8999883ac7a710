import '@tensorflow/tfjs-backend-cpu'
import { closePiece, decode, encode, grammar, vocabulary, writeMidi } from '@vgm/encoding'
import { eager, fromUrl, generate, loadModel } from '@vgm/mlstm'
import { modelFileUrls } from '@vgm/pretrained'
import { expect, test } from 'vitest'

test('a page composes a piece with the shipped model', async () => {
  const model = await loadModel(fromUrl(modelFileUrls), vocabulary)
  const engine = await eager('cpu')
  const options = { engine, seed: 7, words: 60, grammar, endOfPiece: vocabulary.idOf('\n') }
  const [ids] = await generate(model, options)
  const piece = closePiece(ids!)
  const bytes = writeMidi(decode(piece, { strict: true }))
  expect(encode(bytes)).toEqual(piece)
  expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('MThd')
  const [again] = await generate(model, options)
  expect(again).toEqual(ids)
})
