import { grammar, vocabulary } from '@vgm/encoding'
import { createRandom, generate, initialWeights, parameterCount, train } from '@vgm/mlstm'
import { nodeEngine } from '@vgm/mlstm/node'
import { format, interleave, median } from './measure.mjs'

const endOfPiece = vocabulary.idOf('\n')

function modelOf(units) {
  const config = { vocabularySize: vocabulary.size, embedding: 64, units }
  const identity = { name: vocabulary.name, hash: vocabulary.hash }
  return {
    config,
    vocabulary: identity,
    weights: initialWeights(config, 1),
    provenance: {},
    metrics: {},
    license: ''
  }
}

/** Generation with the grammar, from fresh weights: speed does not depend on what they have learnt. */
export async function benchGenerate(units = 256) {
  const engine = await nodeEngine('wasm')
  const model = modelOf(units)
  const rows = []
  for (const [count, words] of [
    [1, 300],
    [64, 60]
  ]) {
    const task = () => generate(model, { engine, seed: 1, count, words, grammar, endOfPiece })
    const { run } = await interleave({ run: task })
    const rate = (count * words) / median(run)
    rows.push([`generate, B = ${count}`, `${units} units`, `${format(rate)} words/s`, ''])
  }
  return rows
}

/** Training: whole steps (forward, back-propagation, clipping, Adam) of 32 lanes × 256 words. */
export async function benchTrain(units) {
  const engine = await nodeEngine('wasm')
  const { config } = modelOf(units)
  const random = createRandom(1)
  const ids = Uint16Array.from({ length: 100_000 }, () => random.below(vocabulary.size))
  const steps = []
  let time = performance.now()
  for await (const event of train(config, { size: 1, piece: () => ids }, { engine, endOfPiece, epochs: 1 })) {
    if (event.type !== 'step') continue
    const now = performance.now()
    steps.push(event.words / ((now - time) / 1000))
    time = now
    if (steps.length === 6) break
  }
  const rate = median(steps.slice(1))
  return [
    ['train', `${units} units, ${format(parameterCount(config))} parameters`, `${format(rate)} words/s`, '']
  ]
}
