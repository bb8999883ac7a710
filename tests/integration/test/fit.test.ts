import { type GrammarState, grammar, vocabulary } from '@vgm/encoding'
import type { Engine, Grammar, ModelSource, VocabularyId } from '@vgm/mlstm'
import { fromUrl } from '@vgm/mlstm'
import { modelFileUrls } from '@vgm/pretrained'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { expect, expectTypeOf, test } from 'vitest'

test('the grammar of @vgm/encoding is one that @vgm/mlstm takes', () => {
  expectTypeOf(grammar).toExtend<Grammar<GrammarState>>()
  const mask = new Uint8Array(vocabulary.size)
  grammar.allowed(grammar.initial(), mask)
  const first = vocabulary.words.filter((_, id) => mask[id] === 1)
  expect(first.every(word => word.startsWith('t_'))).toBe(true)
  expect(first).toHaveLength(35)
})

test('the vocabulary of @vgm/encoding names the one that a model of @vgm/mlstm speaks', () => {
  expectTypeOf(vocabulary).toExtend<VocabularyId>()
  expect(vocabulary.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('the files of @vgm/pretrained are a source for @vgm/mlstm', () => {
  expectTypeOf(fromUrl(modelFileUrls)).toExtend<ModelSource>()
  expect(Object.keys(modelFileUrls)).toEqual(['model.json', 'weights.safetensors'])
})

test('the engine of @vgm/tfjs-onnx is one that @vgm/mlstm takes', async () => {
  expectTypeOf(onnxEngine).returns.resolves.toExtend<Engine>()
  expect(await onnxEngine()).toMatchObject({ name: 'onnxruntime-node', compiles: true })
})
