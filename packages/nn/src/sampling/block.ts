import { concat, split, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
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
import type { Handle, HostArray, Value } from '../engines/types.js'
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
}

/** What shapes a block's program: blocks of one key can share it. */
export function blockKey({ batch, steps, sampling, held }: BlockOptions): string {
  const { temperature, topK, topP } = sampling
  const specs = Object.entries(held).map(([name, { spec }]) => [name, spec])
  return `block ${JSON.stringify([batch, steps, temperature, topK, topP, specs])}`
}

/**
 * `S` time steps, each of which reads a token, predicts the next and draws it.
 *
 * It takes `state.…`, `ids` `[B]`, `draws` `[B, S]`, and what the model is told: `input.…` beside the token, and held inputs
 * `held.…`. It gives `ids` `[S · B]`, `logits` `[S · B, V]`, and all the states, `[S · B, …]`.
 */
export function blockFunction<Config extends SequenceConfig>(
  architecture: SequenceArchitecture<Config>,
  config: Config,
  weights: Readonly<Record<string, HostArray>>,
  { batch, steps, sampling, held }: BlockOptions
): NamedFunction {
  const states = architecture.state(config)
  const specs = prefixed('weight', preparedSpecs(architecture, config))
  const stateNames = Object.keys(prefixed('state', states))
  return {
    constants: { specs, values: prefixed('weight', weights) },
    inputs: {
      ...prefixed('state', floatSpecs(states, batch)),
      ids: { shape: [batch], dtype: 'int32' },
      draws: { shape: [batch, steps], dtype: 'float32' },
      ...prefixed('input', inRows(architecture.inputs(config), batch)),
      ...prefixed('held', Object.fromEntries(Object.entries(held).map(([name, { spec }]) => [name, spec])))
    },
    outputs: ['ids', 'logits', ...stateNames],
    compute(inputs) {
      const tables = withPrefix('weight', inputs)
      const told = { ...withPrefix('input', inputs), ...withPrefix('held', inputs) }
      let state = withPrefix('state', inputs)
      let id = inputs.ids as Tensor1D
      const results = split(inputs.draws as Tensor2D, steps, 1).map(draw => {
        const step = architecture.step(tables, { ...told, id }, state, config)
        const logits = step.logits()
        state = step.state as Record<string, Tensor>
        id = drawWords(logits, draw as Tensor2D, sampling)
        return { ids: id, logits, ...prefixed('state', state) } as Record<string, Tensor>
      })
      const names = Object.keys(results[0]!)
      return Object.fromEntries(names.map(name => [name, concat(results.map(result => result[name]!))]))
    }
  }
}

/** Specs of one row as those of `B` rows. */
function inRows(specs: Specs, batch: number): Specs {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { shape, dtype }]) => [name, { shape: [batch, ...shape], dtype }])
  )
}

/** Composes blocks of tokens, in rows side by side. */
export class BlockRunner<Config extends SequenceConfig> {
  #state: Readonly<Record<string, Value>>
  #owned: readonly Handle[] = []
  #states: Readonly<Record<string, Float32Array>> | undefined
  readonly #held: Readonly<Record<string, HostArray>>

  /** @param program Of {@link blockFunction}; it may serve several runners, and is whose who compiled it. */
  constructor(
    readonly program: NamedProgram,
    readonly architecture: SequenceArchitecture<Config>,
    readonly config: Config,
    readonly options: BlockOptions
  ) {
    this.#state = zeros(architecture.state(config), options.batch)
    const values = Object.entries(options.held).map(([name, held]) => [name, held.values] as const)
    this.#held = prefixed('held', Object.fromEntries(values))
  }

  /**
   * Reads a token in every row and goes on from there.
   *
   * @param told What the model is told beside the token, `[B, …]`.
   */
  async run(ids: Int32Array, draws: Float32Array, told: Readonly<Record<string, HostArray>>): Promise<Block> {
    const {
      ids: drawn,
      logits,
      ...rest
    } = await this.program.run({
      ...prefixed('state', this.#state),
      ids,
      draws,
      ...prefixed('input', told),
      ...this.#held
    })
    release(this.#owned)
    this.#owned = Object.values(rest)
    this.#state = withPrefix('state', rest)
    try {
      if (this.options.steps > 1) this.#states = await readValues(this.#state)
      const [idValues, logitValues] = await Promise.all([drawn!.read(), logits!.read()])
      return { ids: idValues as Int32Array, logits: logitValues as Float32Array }
    } finally {
      release([drawn!, logits!])
    }
  }

  /** Goes on from this state, each `[B, …]`. */
  start(state: Readonly<Record<string, Value>>): void {
    this.#state = state
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
    this.#state = kept
    release(this.#owned)
    this.#owned = []
  }

  dispose(): void {
    release(this.#owned)
    this.#owned = []
  }
}
