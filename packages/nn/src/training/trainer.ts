import type { SeededRandom } from '@vgm/base'
import type { TrainableArchitecture } from '../architecture.js'
import { readFiniteScalars, readValues, release } from '../engines/handles.js'
import { compileNamed, type NamedProgram, prefixed, withPrefix } from '../engines/named-program.js'
import type { Engine, Handle, Value } from '../engines/types.js'
import { chanceSeed } from '../tensors/chance.js'
import { requireWeights, type Shapes, type Weights, zeros } from '../weights.js'
import type { Batch } from './batches/source.js'
import { adamScalars } from './optimizer.js'
import { hasDropout, type StepSettings, trainStep } from './train-step.js'

/** The names and shapes of what a run carries from step to step: parameters, both moments, and the rows' states. */
export function carriedShapes<Config>(
  architecture: TrainableArchitecture<Config>,
  config: Config,
  batch: number
): Shapes {
  const parameters = architecture.parameters(config)
  const states = Object.entries(architecture.carried(config)).map(
    ([name, shape]) => [name, [batch, ...shape]] as const
  )
  return {
    ...prefixed('parameter', parameters),
    ...prefixed('first', parameters),
    ...prefixed('second', parameters),
    ...prefixed('state', Object.fromEntries(states))
  }
}

/** What a new run begins with: the given parameters, zero moments and states. */
export function initialArrays<Config>(
  architecture: TrainableArchitecture<Config>,
  config: Config,
  batch: number,
  weights: Weights
): Record<string, Float32Array> {
  const parameters = requireWeights(weights, architecture.parameters(config))
  return { ...zeros(carriedShapes(architecture, config, batch)), ...prefixed('parameter', parameters) }
}

/** What a {@link Trainer} trains, and how. */
export interface TrainerOptions<Config> {
  readonly engine: Engine
  readonly architecture: TrainableArchitecture<Config>
  readonly config: Config
  readonly settings: StepSettings
  /** `B`. */
  readonly batch: number
  /** Decides what is left out: each step forks its own. */
  readonly chance: SeededRandom
}

/** Runs training steps one after another, and keeps what each hands to the next within the engine. */
export class Trainer<Config> {
  #owned: readonly Handle[] = []
  #values: Readonly<Record<string, Value>>
  readonly #programs = new Map<string, NamedProgram>()

  /** @param arrays Of {@link carriedShapes}. */
  constructor(
    readonly options: TrainerOptions<Config>,
    arrays: Readonly<Record<string, Float32Array>>
  ) {
    this.#values = arrays
  }

  /** The program for batches of these shapes, compiled when it is first needed. */
  async #program({ specs }: Batch): Promise<NamedProgram> {
    const { engine, architecture, config, settings, batch } = this.options
    const key = JSON.stringify(specs)
    const program =
      this.#programs.get(key) ??
      (await compileNamed(engine, trainStep(architecture, config, settings, specs, batch)))
    this.#programs.set(key, program)
    return program
  }

  /**
   * One step.
   *
   * @param step The step's number, from 1.
   * @returns The loss in nats, and the gradients' norm before clipping.
   * @throws {NotFiniteError} if one of them is not finite; the trainer is then as it was before the step.
   */
  async step(batch: Batch, step: number, learningRate: number): Promise<{ loss: number; norm: number }> {
    const { architecture, config, settings, batch: rows, chance } = this.options
    const program = await this.#program(batch)
    const { rate, correction } = adamScalars(step, learningRate)
    const results = await program.run({
      ...this.#values,
      ...(batch.startsFresh && prefixed('state', zeros(architecture.carried(config), rows))),
      ...prefixed('batch', batch.values),
      rate: Float32Array.of(rate),
      correction: Float32Array.of(correction),
      ...(hasDropout(settings) && { chance: chanceSeed(chance.fork(step)) })
    })
    const { loss, norm, ...carried } = results
    try {
      const scalars = { [`the loss of step ${step}`]: loss!, [`the norm of step ${step}`]: norm! }
      const [lossValue, normValue] = Object.values(await readFiniteScalars(scalars)) as [number, number]
      release(this.#owned)
      this.#owned = Object.values(carried)
      this.#values = carried
      return { loss: lossValue / batch.fullness, norm: normValue }
    } catch (error) {
      release(Object.values(carried))
      throw error
    } finally {
      release([loss!, norm!])
    }
  }

  /** The current parameters, for other programs of the engine. */
  get parameters(): Readonly<Record<string, Value>> {
    return withPrefix('parameter', this.#values)
  }

  /** Copies everything that is carried to the host. */
  async read(): Promise<Record<string, Float32Array>> {
    const values = await readValues(this.#values)
    return Object.fromEntries(Object.entries(values).map(([name, array]) => [name, array.slice()]))
  }

  dispose(): void {
    release(this.#owned)
    this.#owned = []
    for (const program of this.#programs.values()) program.dispose()
  }
}

/** The parameters among what a run carries. */
export function parametersOf(arrays: Readonly<Record<string, Float32Array>>): Weights {
  return withPrefix('parameter', arrays)
}
