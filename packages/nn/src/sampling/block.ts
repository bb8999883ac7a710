import {
  add,
  concat,
  mul,
  split,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D
} from '@tensorflow/tfjs-core'
import { floatSpecs, type SequenceArchitecture, type SequenceConfig } from '../architecture.js'
import { readValues, release } from '../engines/handles.js'
import {
  type NamedFunction,
  type NamedProgram,
  prefixed,
  type Specs,
  withPrefix
} from '../engines/named-program.js'
import { preparedSpecs } from '../engines/prepare.js'
import type { HostArray, Value } from '../engines/types.js'
import { sizeOf, zeros } from '../weights.js'
import { drawWords } from './draw.js'
import type { HeldInputs } from './inputs.js'
import type { SamplingOptions } from './sampling.js'

/** What a block of time steps brings: the token drawn in each, and what it was drawn from. */
export interface Block {
  /** `[S · B]`, the rows of the first step first. */
  readonly ids: Int32Array
  /** `[S · B, V]`. */
  readonly logits: Float32Array
}

/** How a {@link BlockRunner} composes. */
export interface BlockOptions {
  /** `B`. */
  readonly batch: number
  /** `S`, how many tokens are drawn in one run. */
  readonly steps: number
  readonly sampling: SamplingOptions
  readonly held: HeldInputs
  /** If given, every row has a second one that is told something else, and its prediction is moved away from that one's. */
  readonly guidance?: number | undefined
}

/** The rows of a block's states and inputs: with guidance two for each piece. */
export const rowsOf = ({ batch, guidance }: BlockOptions) => (guidance === undefined ? batch : 2 * batch)

/** What shapes a block's program: blocks of one key can share it. */
export function blockKey({ batch, steps, sampling, held, guidance }: BlockOptions): string {
  const { temperature, topK, topP } = sampling
  const specs = Object.entries(held).map(([name, { spec }]) => [name, spec])
  return `block ${JSON.stringify([batch, steps, temperature, topK, topP, specs, guidance])}`
}

/**
 * `S` time steps, each of which reads a token, predicts the next and draws it.
 *
 * It takes `state.…`, `ids` `[B]`, `draws` `[B, S]`, and what the model is told: `input.…` beside the token, and held inputs
 * `held.…`. It gives `ids` `[S · B]`, `logits` `[S · B, V]`, and all the states but the kept ones, `[S · B, …]`. With guidance
 * states and `input.…` have `2B` rows, the second half for the rows that are guided away from.
 *
 * @source Ho & Salimans 2022, *Classifier-Free Diffusion Guidance*, eq. 6, for guidance
 */
export function blockFunction<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config,
  weights: Readonly<Record<string, HostArray>>,
  options: BlockOptions
): NamedFunction {
  const { batch, steps, sampling, held, guidance } = options
  const rows = rowsOf(options)
  const states = architecture.state(config)
  const specs = prefixed('weight', preparedSpecs(architecture, config))
  const kept = new Set(architecture.settling?.kept(config))
  const given = Object.keys(states).filter(name => !kept.has(name))
  return {
    constants: { specs, values: prefixed('weight', weights) },
    inputs: {
      ...prefixed('state', floatSpecs(states, rows)),
      ids: { shape: [batch], dtype: 'int32' },
      draws: { shape: [batch, steps], dtype: 'float32' },
      ...prefixed('input', inRows(architecture.inputs(config), rows)),
      ...prefixed('held', Object.fromEntries(Object.entries(held).map(([name, { spec }]) => [name, spec])))
    },
    outputs: ['ids', 'logits', ...given.map(name => `state.${name}`)],
    compute(inputs) {
      const tables = withPrefix('weight', inputs)
      const told = { ...withPrefix('input', inputs), ...withPrefix('held', inputs) }
      let state = withPrefix('state', inputs)
      let id = inputs.ids as Tensor1D
      const results = split(inputs.draws as Tensor2D, steps, 1).map(draw => {
        const read = guidance === undefined ? id : (concat([id, id]) as Tensor1D)
        const step = architecture.step(tables, { ...told, id: read }, state, config)
        const logits = guided(step.logits(), guidance)
        state = { ...state, ...step.state }
        id = drawWords(logits, draw as Tensor2D, sampling)
        const next = Object.fromEntries(given.map(name => [name, state[name]!]))
        return { ids: id, logits, ...prefixed('state', next) } as Record<string, Tensor>
      })
      const names = Object.keys(results[0]!)
      return Object.fromEntries(names.map(name => [name, concat(results.map(result => result[name]!))]))
    }
  }
}

/** Predictions `[2B, V]`, those of the first half moved away from those of the second. */
function guided(logits: Tensor2D, guidance: number | undefined): Tensor2D {
  if (guidance === undefined) return logits
  const [told, other] = split(logits, 2) as [Tensor2D, Tensor2D]
  return add(told, mul(sub(told, other), guidance)) as Tensor2D
}

/** Settles the states of `rows` rows: takes and gives `state.…`. */
export function settleFunction<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config,
  rows: number
): NamedFunction {
  const specs = prefixed('state', floatSpecs(architecture.state(config), rows))
  return {
    inputs: specs,
    outputs: Object.keys(specs),
    compute: inputs => prefixed('state', architecture.settling!.settle(withPrefix('state', inputs), config))
  }
}

/** Specs of one row as those of `B` rows. */
function inRows(specs: Specs, batch: number): Specs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [name, { shape: [batch, ...shape], dtype }])
  )
}

/** The programs of a {@link BlockRunner}; they may serve several, and are whose who compiled them. */
export interface BlockPrograms {
  /** Of {@link blockFunction}. */
  readonly block: NamedProgram
  /** Of {@link settleFunction}, for architectures that settle. */
  readonly settle?: NamedProgram | undefined
}

/** Composes blocks of tokens, in rows side by side. */
export class BlockRunner<Config extends SequenceConfig> {
  #state: Readonly<Record<string, Value>>
  #states: Readonly<Record<string, Float32Array>> | undefined
  readonly #held: Readonly<Record<string, HostArray>>
  /** The words that each row has read. */
  #words = 0

  constructor(
    readonly programs: BlockPrograms,
    readonly architecture: SequenceArchitecture<Config>,
    readonly config: Config,
    readonly options: BlockOptions
  ) {
    this.#state = zeros(architecture.state(config), rowsOf(options))
    const values = Object.entries(options.held).map(([name, held]) => [name, held.values] as const)
    this.#held = prefixed('held', Object.fromEntries(values))
  }

  /**
   * Reads a token in every row and goes on from there.
   *
   * @param told What the model is told beside the token, `[B, …]`; with guidance `[2B, …]`.
   */
  async run(ids: Int32Array, draws: Float32Array, told: Readonly<Record<string, HostArray>>): Promise<Block> {
    // Zero states become the engine's, so that the kept ones are not copied there at every word until they are first settled.
    if (this.#words === 0) await this.#settle()
    const {
      ids: drawn,
      logits,
      ...rest
    } = await this.programs.block.run({
      ...prefixed('state', this.#state),
      ids,
      draws,
      ...prefixed('input', told),
      ...this.#held
    })
    this.#replace(withPrefix('state', rest))
    this.#words += this.options.steps
    try {
      if (this.options.steps > 1) this.#states = await readValues(this.#state)
      const [idValues, logitValues] = await Promise.all([drawn!.read(), logits!.read()])
      await this.#settle()
      return { ids: idValues as Int32Array, logits: logitValues as Float32Array }
    } finally {
      release([drawn!, logits!])
    }
  }

  async #settle(): Promise<void> {
    const { settling } = this.architecture
    if (settling === undefined || this.#words % settling.every !== 0) return
    const settled = await this.programs.settle!.run(prefixed('state', this.#state))
    this.#replace(withPrefix('state', settled))
  }

  /** Takes over states; those that were there before are freed. */
  #replace(next: Readonly<Record<string, Value>>): void {
    this.#free(Object.keys(next))
    this.#state = { ...this.#state, ...next }
  }

  #free(names: readonly string[]): void {
    for (const name of names) {
      const value = this.#state[name]
      if (value !== undefined && 'dispose' in value) value.dispose()
    }
  }

  /** Goes on where another runner of as many rows stands, whose states are this one's then. */
  start(other: BlockRunner<Config>): void {
    this.#replace(other.#state)
    this.#words = other.#words
    other.#state = {}
  }

  /** The state to go on from, each `[B, …]`. */
  state(): Promise<Record<string, Float32Array>> {
    return readValues(this.#state)
  }

  /** Goes back, in a block of several steps, to where each row has drawn so many tokens; at least one each. */
  keep(words: readonly number[]): void {
    if (this.#states === undefined) return
    const { batch } = this.options
    const shapes = this.architecture.state(this.config)
    const kept = zeros(shapes, batch)
    for (const [name, shape] of Object.entries(shapes)) {
      const width = sizeOf(shape)
      for (const [row, count] of words.entries()) {
        const start = ((count - 1) * batch + row) * width
        kept[name]!.set(this.#states[name]!.subarray(start, start + width), row * width)
      }
    }
    this.#replace(kept)
  }

  dispose(): void {
    this.#free(Object.keys(this.#state))
    this.#state = {}
  }
}
