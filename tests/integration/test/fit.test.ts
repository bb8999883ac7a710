import { readFile } from 'node:fs/promises'
import { createRandom } from '@vgm/base'
import type { Assess, SearchOptions } from '@vgm/composer'
import type { Music, Shard, ShardFolder } from '@vgm/dataset/node'
import { assess, featuresOf, openJudge, type SequenceClassifier, type StateReader } from '@vgm/emotion'
import {
  encode,
  type GrammarState,
  grammar,
  type Score,
  type Tokenizer,
  vocabulary,
  words
} from '@vgm/encoding'
import { planControls, type ToldPlan, tellPlan } from '@vgm/encoding/description'
import { type DescribedScore, describe } from '@vgm/features'
import { estimateKey, type NoteSource, velocityLabels } from '@vgm/key-velocity'
import { type Classifier, type MlstmModel, mlstm } from '@vgm/mlstm'
import {
  type Constraint,
  type Engine,
  fromUrl,
  generate,
  type ModelSource,
  modelDigest,
  openModel,
  readStates,
  type ShardedData,
  type SideInputs,
  type TrainingData,
  type VocabularyId
} from '@vgm/nn'
import { nodeEngine } from '@vgm/nn/node'
import { modelFileUrls, probeUrls } from '@vgm/pretrained'
import { onnxEngine } from '@vgm/tfjs-onnx'
import { type TransformerConfig, type TransformerModel, transformer } from '@vgm/transformer'
import { expect, expectTypeOf, test } from 'vitest'

test('the grammar of @vgm/encoding is a constraint that @vgm/nn takes', () => {
  expectTypeOf(grammar).toExtend<Constraint<GrammarState>>()
  const mask = new Uint8Array(vocabulary.size)
  grammar.allowed(grammar.initial(), mask)
  const first = vocabulary.words.filter((_, id) => mask[id] === 1)
  expect(first.every(word => word.startsWith('t_'))).toBe(true)
  expect(first).toHaveLength(35)
})

test('a tokenizer of any vocabulary has a grammar that @vgm/nn takes', () => {
  expectTypeOf<Tokenizer['grammar']>().toExtend<Constraint<unknown>>()
  expectTypeOf<Tokenizer['vocabulary']>().toExtend<VocabularyId>()
  expectTypeOf(words).toExtend<Tokenizer>()
  expect(words.vocabulary.words[words.endOfPiece]).toBe('\n')
})

test('the vocabulary of @vgm/encoding names the one that a model of @vgm/nn speaks', () => {
  expectTypeOf(vocabulary).toExtend<VocabularyId>()
  expect(vocabulary.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('the files of @vgm/pretrained are a source for @vgm/nn', () => {
  expectTypeOf(fromUrl(modelFileUrls)).toExtend<ModelSource>()
  expect(Object.keys(modelFileUrls)).toEqual(['model.json', 'weights.safetensors'])
})

test('the engine of @vgm/tfjs-onnx is one that @vgm/nn takes', async () => {
  expectTypeOf(onnxEngine).returns.resolves.toExtend<Engine>()
  expect(await onnxEngine()).toMatchObject({ name: 'onnxruntime-node', compiles: true })
})

const score: Score = {
  ticksPerQuarter: 480,
  notes: [60, 64, 67].map(pitch => ({
    pitch,
    velocity: 70,
    startTick: 0,
    durationTicks: 960,
    channel: 0,
    program: 0
  })),
  tempos: [{ tick: 0, tempoBpm: 90 }],
  timeSignatures: [],
  keySignatures: []
}

test('a score of @vgm/encoding has a key, velocity classes and descriptors', () => {
  expectTypeOf<Score>().toExtend<NoteSource>()
  expectTypeOf<Score>().toExtend<DescribedScore>()
  expect(estimateKey(score).name).toBe('C major')
  expect(velocityLabels(score)).toEqual(['mf', 'mf', 'mf'])
  const { names, values } = describe(score.notes, score)
  expect(values[names.indexOf('mean-pitch')]).toBeCloseTo(191 / 3, 12)
})

test('music and shards of @vgm/dataset are data that @vgm/nn trains on', () => {
  expectTypeOf<Music['data']>().toExtend<TrainingData | ShardedData>()
  expectTypeOf<Shard>().toExtend<TrainingData>()
  expectTypeOf<ShardFolder>().toExtend<ShardedData>()
})

test('a model of @vgm/mlstm has the states that probes of @vgm/emotion read', async () => {
  const config = { vocabularySize: vocabulary.size, embedding: 2, units: 3 }
  const model: MlstmModel = {
    architecture: mlstm,
    config,
    vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
    weights: mlstm.initial(config, createRandom(1)),
    provenance: {},
    metrics: {},
    license: 'none'
  }
  const opened = await openModel(model, { engine: await nodeEngine('cpu') })
  const states: StateReader = {
    units: model.config.units,
    model: await modelDigest(model),
    read: (sequences, which, watch) =>
      readStates(opened, sequences, { ...watch, summary: which === 'mean' ? 'mean' : 'last' })
  }
  const ids = encode(score)
  const read = [vocabulary.idOf('\n'), ...ids.subarray(0, -1)]
  for (const [kind, summary] of [
    ['states', 'last'],
    ['mean', 'mean']
  ] as const) {
    const { features } = await featuresOf(kind, [score], { states })
    expect(features).toEqual({ data: await readStates(opened, [read], { summary }), rows: 1, columns: 3 })
  }
})

test('a plan of @vgm/encoding is what a model of @vgm/transformer is told, and what its pieces are guided by', async () => {
  expectTypeOf<ToldPlan>().toExtend<SideInputs<ReturnType<ToldPlan['initial']>>>()
  const config: TransformerConfig = {
    vocabularySize: vocabulary.size,
    width: 4,
    heads: 2,
    layers: 1,
    context: 8,
    controls: planControls.map(({ classes }) => classes)
  }
  const model: TransformerModel = {
    architecture: transformer,
    config,
    vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
    weights: transformer.initial(config, createRandom(1)),
    provenance: {},
    metrics: {},
    license: 'none'
  }
  using opened = await openModel(model, { engine: await nodeEngine('cpu') })
  const bars = [{ numerator: 3, denominator: 4, steps: 12, notes: 4, chords: ['C', 'Am'] as const }]
  const told = () => tellPlan({ bars }) as SideInputs
  const guidance = { weight: 1, inputs: () => tellPlan({ bars: [] }) as SideInputs }
  const options = { seed: 1, endOfPiece: words.endOfPiece, words: 20, grammar, inputs: told, guidance }
  const [piece] = await generate(opened, options)
  expect(piece).toHaveLength(20)
})

test('the classifier of @vgm/mlstm is a baseline for @vgm/emotion', () => {
  expectTypeOf<Classifier>().toExtend<SequenceClassifier>()
})

test('what @vgm/emotion measures of pieces is what @vgm/composer searches and compares by', async () => {
  const judge = await openJudge({ probe: await readFile(probeUrls.music, 'utf8') })
  const measure: Assess<'probability' | 'excess'> = pieces =>
    assess(pieces, { judge, target: 1, ranges: [], penalty: 0 })
  const [measured] = await measure([score])
  expect(Object.keys(measured!).sort()).toEqual(['cost', 'excess', 'probability'])
})

test('how positive @vgm/emotion finds pieces is a reward for the searches of @vgm/composer', async () => {
  const judge = await openJudge({ probe: await readFile(probeUrls.music, 'utf8') })
  const reward: SearchOptions['reward'] = async pieces => {
    const assessed = await assess(pieces, { judge, target: 1, ranges: [], penalty: 0 })
    return assessed.map(({ cost }) => -cost)
  }
  const [sounding, silent] = Array.from(await reward([score, { ...score, notes: [] }]))
  expect(silent).toBe(-1)
  expect(sounding).toBeGreaterThan(-1)
})
