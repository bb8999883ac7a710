/**
 * `node bench/searches.mjs MODEL`: searches for a steering beside one another, each with the same number of composed words,
 * judged by a probe that no search has asked. MODEL is a folder with the probes valence, music-first and music-second.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { assess, medianForm, openJudge } from '@vgm/emotion'
import { decode, grammar, vocabulary } from '@vgm/encoding'
import { averageCrossover, evolve, resetMutation, uniformGenes } from '@vgm/ga-steer'
import { learnSteering, mlstm, steeringInputs } from '@vgm/mlstm'
import { generate, generateWithStates, loadModel, openModel, readStates } from '@vgm/nn'
import { folder } from '@vgm/nn/node'
import { neuronsOf, probabilities, probeFromJson } from '@vgm/probe'
import { onnxEngine } from '@vgm/tfjs-onnx'

const [modelFolder] = process.argv.slice(2)
if (modelFolder === undefined) {
  console.error('usage: node bench/searches.mjs MODEL')
  process.exit(2)
}
const model = await loadModel(folder(modelFolder), { architectures: [mlstm], vocabulary })
const opened = await openModel(model, { engine: await onnxEngine() })
const { units } = model.config
const readProbe = name => readFileSync(join(modelFolder, 'probes', `${name}.json`), 'utf8')
const valence = probeFromJson(readProbe('valence')).probe
const judge = await openJudge({ probe: readProbe('music-first') })
const stranger = await openJudge({ probe: readProbe('music-second') })
const endOfPiece = vocabulary.idOf('\n')
const words = 256
const composing = { endOfPiece, grammar, temperature: 0.95, words }
/** 40 steps of 256 pieces, or 30 generations of 34 individuals with 10 pieces each: 2.6 million words. */
const budget = { steps: 40, pieces: 256, generations: 30, population: 34, piecesEach: 10 }

const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length
const neurons = Int32Array.from(neuronsOf(valence).map(({ neuron }) => neuron)).sort()
const everyUnit = Int32Array.from({ length: units }, (_, unit) => unit)

/** How positive a judge finds each piece; one without a note is as far from the target as can be. */
async function judged(pieces, judge, target = 0.5) {
  const scores = pieces.map(ids => decode(ids))
  const assessed = await assess(scores, { judge, target, ranges: [], penalty: 0 })
  return assessed.map(({ probability }) => probability)
}

/** The mean squared error of each individual's pieces, all composed side by side. */
async function fitnessOf(population, target, seed, mode, count = budget.piecesEach) {
  const offsets = new Float32Array(population.length * count * neurons.length)
  population.forEach((genes, k) => {
    for (let piece = 0; piece < count; piece++) offsets.set(genes, (k * count + piece) * neurons.length)
  })
  const steering = { neurons, offsets, mode }
  const all = population.length * count
  const held = steeringInputs(steering, model.config, all)
  const pieces = await generate(opened, { ...composing, seed, count: all, held })
  const positive = await judged(pieces, judge, target)
  return population.map((_, k) =>
    mean(positive.slice(k * count, (k + 1) * count).map(p => (p - target) ** 2))
  )
}

async function evolved(target, mode, operators) {
  const { population, generations } = budget
  const problem = { size: neurons.length, fitness: (genes, n) => fitnessOf(genes, target, 1000 + n, mode) }
  let best
  for await (const { hallOfFame } of evolve(problem, { seed: 1, population, generations, operators }))
    best = hallOfFame[0]
  return { neurons, offsets: best.genes, mode }
}

const within = (range, more = {}) => ({
  create: uniformGenes({ min: -range, max: range }),
  mutate: resetMutation({ range: { min: -range, max: range } }),
  ...more
})

/** A (μ, λ) strategy: the best quarter are parents, children are means of two with a little noise. */
function strategy(range) {
  const noise = random => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return within(range, {
    select: (fitness, random) => {
      const ranked = [...fitness.keys()].sort((a, b) => fitness[a] - fitness[b])
      const parents = ranked.slice(0, Math.ceil(fitness.length / 4))
      return () => parents[random.below(parents.length)]
    },
    cross: averageCrossover({ rate: 1 }),
    mutate(child, random) {
      for (let k = 0; k < child.length; k++) child[k] += 0.2 * range * noise(random)
    }
  })
}

/** Offsets along the probe's weights: the best of several strengths. */
async function along(target) {
  const strengths = Array.from({ length: 30 }, (_, k) => 0.002 * 1.25 ** k)
  const direction = neurons.map(neuron => Math.sign(valence.weights[neuron]) * (target > 0.5 ? 1 : -1))
  const candidates = strengths.map(strength => Float32Array.from(direction, sign => sign * strength))
  const count = Math.floor((budget.steps * budget.pieces) / strengths.length)
  const errors = await fitnessOf(candidates, target, 1000, 'add', count)
  return { neurons, offsets: candidates[errors.indexOf(Math.min(...errors))], mode: 'add' }
}

async function learnt(target, which) {
  const reward = async pieces => (await judged(pieces, judge, target)).map(p => -((p - target) ** 2))
  const { steps, pieces: count } = budget
  let last
  for await (const step of learnSteering(opened, {
    ...composing,
    neurons: which,
    reward,
    steps,
    count,
    seed: 1
  }))
    last = step
  return last.steering
}

const searches = {
  none: () => undefined,
  'along the probe, best of 30 strengths': along,
  'genetic (the paper), add, genes ±2': target => evolved(target, 'add', within(2)),
  'genetic (the paper), set, genes ±2': target => evolved(target, 'set', within(2)),
  'genetic, add, genes ±0.1': target => evolved(target, 'add', within(0.1)),
  '(μ, λ) strategy, add, genes ±0.1': target => evolved(target, 'add', strategy(0.1)),
  "gradient, the probe's units": target => learnt(target, neurons),
  'gradient, all units': target => learnt(target, everyUnit)
}

function auc(positive, negative) {
  return mean(positive.flatMap(p => negative.map(n => (p > n ? 1 : p === n ? 0.5 : 0))))
}

console.log(
  `${neurons.length} units of the probe valence; every search composes ${budget.steps * budget.pieces * words} words per target`
)
console.log(
  '| search | asked judge: positive, negative | unseen judge: positive, negative | apart | AUC | notes per step | likeness | alone | 3 classes | s |'
)
console.log('|---|---|---|---|---|---|---|---|---|---|')
for (const [name, search] of Object.entries(searches)) {
  const start = performance.now()
  const steerings = [await search(1), await search(0)]
  const seconds = (performance.now() - start) / 2000
  const composed = []
  for (const steering of steerings) {
    composed.push(
      await generate(opened, {
        ...{ ...composing, words: 512, seed: 7, count: 60 },
        ...(steering && { held: steeringInputs(steering, model.config) })
      })
    )
  }
  const [asked, unseen] = await Promise.all(
    [judge, stranger].map(each => Promise.all(composed.map(pieces => judged(pieces, each))))
  )
  const pair = values => values.map(all => mean(all).toFixed(3)).join(', ')
  const density = composed.map(pieces => mean(pieces.map(notesPerStep)).toFixed(2)).join(', ')
  const forms = composed.map(pieces => medianForm(pieces.map(ids => decode(ids))))
  const shape = ['likeness', 'alone', 'threeClasses'].map(measure =>
    forms.map(each => each[measure]?.toFixed(2) ?? '–').join(', ')
  )
  const apart = (mean(unseen[0]) - mean(unseen[1])).toFixed(3)
  console.log(
    `| ${[name, pair(asked), pair(unseen), apart, auc(...unseen).toFixed(3), density, ...shape, seconds.toFixed(0)].join(' | ')} |`
  )
}

function notesPerStep(ids) {
  const { notes, ticksPerQuarter } = decode(ids)
  const steps = (notes.at(-1)?.startTick ?? 0) / (ticksPerQuarter / 4) + 1
  return notes.length / steps
}

await compareReadings()

/** Whether the states that a steered model is in while it composes can judge, or a second reading without steering is needed. */
async function compareReadings() {
  const individuals = 64
  const count = 8
  const random = { at: 1 }
  const next = () => {
    random.at = (Math.imul(random.at, 1664525) + 1013904223) >>> 0
    return random.at / 2 ** 32
  }
  const offsets = new Float32Array(individuals * count * neurons.length)
  for (let k = 0; k < individuals; k++) {
    const genes = Float32Array.from(neurons, () => 0.4 * next() - 0.2)
    for (let piece = 0; piece < count; piece++) offsets.set(genes, (k * count + piece) * neurons.length)
  }
  const steering = { neurons, offsets, mode: 'add' }
  const all = individuals * count
  const options = { ...composing, seed: 3, count: all, held: steeringInputs(steering, model.config, all) }
  const started = performance.now()
  const { pieces, states } = await generateWithStates(opened, options)
  const composed = performance.now()
  const reread = await readStates(
    opened,
    pieces.map(ids => [endOfPiece, ...ids]),
    { summary: 'last' }
  )
  const read = performance.now()
  const [on, off] = [states, reread].map(data => {
    const all = probabilities(valence, { data, rows: individuals * count, columns: units })
    return Array.from({ length: individuals }, (_, k) => mean(all.slice(k * count, (k + 1) * count)))
  })
  const [a, b] = [mean(on), mean(off)]
  const covariance = mean(on.map((p, k) => (p - a) * (off[k] - b)))
  const spread = values => Math.sqrt(mean(values.map(p => (p - mean(values)) ** 2)))
  console.log(
    `\nstates while steered beside a second reading without, ${individuals} individuals: mean ${a.toFixed(3)} and ${b.toFixed(3)}, spread ${spread(on).toFixed(3)} and ${spread(off).toFixed(3)}, correlation ${(covariance / spread(on) / spread(off)).toFixed(3)}; composing ${((composed - started) / 1000).toFixed(1)} s, reading ${((read - composed) / 1000).toFixed(1)} s`
  )
}
