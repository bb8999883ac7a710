import { concat, split, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { drawWords } from './draw.js'
import { readValue } from './read-value.js'
import { release } from './release.js'
import type { SamplingOptions } from './sampling.js'
import { memoryChange, type SteeringArrays } from './steering.js'
import { type Tables, tableNetwork, tableSpecs } from './tables.js'
import type { Engine, Handle, HostArray, ModelConfig, Program, TensorSpec, Value } from './types.js'

/** What a block of time steps brings: the word drawn in each, and what it was drawn from. */
export interface Block {
  /** `[S · B]`, the rows of the first step first. */
  readonly ids: Int32Array
  /** `[S · B, V]`. */
  readonly logits: Float32Array
}

/** How a {@link Composer} is made. */
export interface ComposerOptions {
  /** `B`. */
  readonly rows: number
  /** `S`, how many words are drawn in one run. */
  readonly steps: number
  readonly sampling: SamplingOptions
  readonly steering: SteeringArrays | undefined
}

/** The inputs of a steered cell: what is kept if anything is not, and the shift. */
function steeringInputs({ rows, kept, shift }: SteeringArrays, units: number) {
  const replaces = kept.includes(0)
  const shiftSpec: TensorSpec = { shape: [rows, units], dtype: 'float32' }
  const keptSpec: TensorSpec = { shape: [1, units], dtype: 'float32' }
  return replaces
    ? { specs: [shiftSpec, keptSpec], values: [shift, kept] }
    : { specs: [shiftSpec], values: [shift] }
}

/**
 * `S` time steps, each of which reads a word, predicts the next and draws it.
 *
 * @returns A function of tables, `h` and `c` `[B, H]`, ids `[B]`, draws `[B, S]`, and steering; it gives ids `[S · B]`,
 *   logits `[S · B, V]`, and all the states `h` and `c`, `[S · B, H]`.
 */
function blockFunction(tables: number, { steps, sampling }: ComposerOptions) {
  return (...inputs: Tensor[]): Tensor[] => {
    const [h, c, ids, draws, shift, kept] = inputs.slice(tables) as [
      Tensor2D,
      Tensor2D,
      Tensor1D,
      Tensor2D,
      Tensor2D?,
      Tensor2D?
    ]
    const model = tableNetwork(inputs.slice(0, tables), shift && memoryChange(shift, kept))
    let state = { h, c }
    let word = ids
    const results = split(draws, steps, 1).map(draw => {
      state = model.step(word, state)
      const logits = model.logits(state.h)
      word = drawWords(logits, draw as Tensor2D, sampling)
      return [word, logits, state.h, state.c]
    })
    return [0, 1, 2, 3].map(k => concat(results.map(result => result[k]!)))
  }
}

/** Compiles what {@link Composer}s of these options run. */
export function compileBlock(
  engine: Engine,
  config: ModelConfig,
  tables: Tables,
  options: ComposerOptions
): Promise<Program> {
  const { rows, steps, steering } = options
  const state: TensorSpec = { shape: [rows, config.units], dtype: 'float32' }
  const ids: TensorSpec = { shape: [rows], dtype: 'int32' }
  const draws: TensorSpec = { shape: [rows, steps], dtype: 'float32' }
  const steered = steering === undefined ? [] : steeringInputs(steering, config.units).specs
  return engine.compile(
    blockFunction(tables.length, options),
    [...tableSpecs(config), state, state, ids, draws, ...steered],
    { constants: tables }
  )
}

/** Composes blocks of words, in rows side by side. */
export class Composer {
  #state: readonly [Value, Value]
  #owned: readonly Handle[] = []
  #states: readonly [HostArray, HostArray] | undefined

  readonly #steering: readonly HostArray[]

  /** @param program Of {@link compileBlock}; it may serve several composers, and is whose who compiled it. */
  constructor(
    readonly program: Program,
    readonly config: ModelConfig,
    readonly options: ComposerOptions
  ) {
    const zeros = () => new Float32Array(options.rows * config.units)
    this.#state = [zeros(), zeros()]
    this.#steering =
      options.steering === undefined ? [] : steeringInputs(options.steering, config.units).values
  }

  /** Reads a word in every row and goes on from there. */
  async run(ids: Int32Array, draws: Float32Array): Promise<Block> {
    const results = await this.program.run([...this.#state, ids, draws, ...this.#steering])
    release(this.#owned)
    const [words, logits, h, c] = results as [Handle, Handle, Handle, Handle]
    this.#owned = [h, c]
    this.#state = [h, c]
    try {
      if (this.options.steps > 1) {
        this.#states = await Promise.all([h.read(), c.read()])
      }
      const [idValues, logitValues] = await Promise.all([words.read(), logits.read()])
      return { ids: idValues as Int32Array, logits: logitValues as Float32Array }
    } finally {
      release([words, logits])
    }
  }

  /** Goes on from this state, `[B, H]` each. */
  start(state: readonly [Value, Value]): void {
    this.#state = state
  }

  /** The state to go on from, `[B, H]` each. */
  async state(): Promise<readonly [HostArray, HostArray]> {
    const [h, c] = await Promise.all(this.#state.map(readValue))
    return [h!, c!]
  }

  /** Goes back, in a block of several steps, to where each row has drawn so many words; at least one each. */
  keep(words: readonly number[]): void {
    if (this.#states === undefined) return
    const { units } = this.config
    const { rows } = this.options
    this.#state = this.#states.map(states => {
      const kept = new Float32Array(rows * units)
      for (const [row, count] of words.entries()) {
        const start = ((count - 1) * rows + row) * units
        kept.set((states as Float32Array).subarray(start, start + units), row * units)
      }
      return kept
    }) as [Float32Array, Float32Array]
    release(this.#owned)
    this.#owned = []
  }

  dispose(): void {
    release(this.#owned)
  }
}
