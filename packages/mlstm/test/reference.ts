import { parameterShapes } from '../src/parameters.js'
import type { MlstmConfig, ParameterName } from '../src/types.js'

/** The model's parameters as plain numbers, row by row. */
type ReferenceWeights = Readonly<Record<ParameterName, ArrayLike<number>>>

/** A model for the reference: what `Model` has, without where it comes from. */
export interface ReferenceModel {
  readonly config: MlstmConfig
  readonly weights: ReferenceWeights
}

/** The state of one row, `[H]` each. */
export interface ReferenceState {
  readonly h: Float64Array
  readonly c: Float64Array
}

/** What is done to a step besides: numbers left out by factors, and a change of the cell state after its update. */
export interface ReferenceChanges {
  readonly embeddingMask?: ArrayLike<number>
  readonly recurrentMask?: ArrayLike<number>
  readonly outputMask?: ArrayLike<number>
  steer?(c: number, unit: number): number
}

const times = (vector: Float64Array, mask?: ArrayLike<number>) =>
  mask === undefined ? vector : vector.map((value, k) => value * mask[k]!)

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

/** Where every row starts. */
export function zeroState({ config }: ReferenceModel): ReferenceState {
  return { h: new Float64Array(config.units), c: new Float64Array(config.units) }
}

/** `vector · matrix` for a parameter `[rows, columns]`. */
function product({ config, weights }: ReferenceModel, name: ParameterName, vector: Float64Array) {
  const [rows, columns] = parameterShapes(config)[name] as [number, number]
  const result = new Float64Array(columns)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[column]! += vector[row]! * weights[name][row * columns + column]!
    }
  }
  return result
}

/** Reads one word in double precision, by the equations of Krause et al. 2016. */
export function referenceStep(
  model: ReferenceModel,
  id: number,
  state: ReferenceState,
  { embeddingMask, recurrentMask, steer = c => c }: ReferenceChanges = {}
): ReferenceState {
  const { embedding: E, units: H } = model.config
  const embedded = Float64Array.from({ length: E }, (_, k) => model.weights.embedding[id * E + k]!)
  const x = times(embedded, embeddingMask)
  const fromInput = product(model, 'wmx', x)
  const fromState = product(model, 'wmh', times(state.h, recurrentMask))
  const m = fromInput.map((value, k) => value * fromState[k]!)
  const inputGates = product(model, 'wx', x)
  const stateGates = product(model, 'wm', m)
  const gate = (index: number, k: number) => {
    const column = index * H + k
    return inputGates[column]! + stateGates[column]! + model.weights.b[column]!
  }
  const c = state.c.map((old, k) =>
    steer(sigmoid(gate(1, k)) * old + sigmoid(gate(0, k)) * Math.tanh(gate(3, k)), k)
  )
  const h = c.map((value, k) => sigmoid(gate(2, k)) * Math.tanh(value))
  return { h, c }
}

/** The unnormalised log-probabilities of the next word, `[V]`. */
export function referenceLogits(
  model: ReferenceModel,
  { h }: ReferenceState,
  { outputMask }: ReferenceChanges = {}
): Float64Array {
  return product(model, 'wo', times(h, outputMask)).map((value, k) => value + model.weights.bo[k]!)
}

/** Minus the log-probability of `target`. */
export function referenceCrossEntropy(logits: Float64Array, target: number): number {
  const highest = Math.max(...logits)
  const total = logits.reduce((sum, value) => sum + Math.exp(value - highest), 0)
  return highest + Math.log(total) - logits[target]!
}

/** Reads a sequence. The loss is the sum over its words, in nats; 0 without targets. */
export function referenceRead(
  model: ReferenceModel,
  ids: ArrayLike<number>,
  targets?: ArrayLike<number>,
  start: ReferenceState = zeroState(model)
): { loss: number; state: ReferenceState } {
  let state = start
  let loss = 0
  for (let t = 0; t < ids.length; t++) {
    state = referenceStep(model, ids[t]!, state)
    if (targets) loss += referenceCrossEntropy(referenceLogits(model, state), targets[t]!)
  }
  return { loss, state }
}
