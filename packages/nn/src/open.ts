import type { SequenceArchitecture, SequenceConfig } from './architecture.js'
import { eager } from './engines/eager.js'
import { readValues, release } from './engines/handles.js'
import { compileNamed, type NamedFunction, type NamedProgram } from './engines/named-program.js'
import { prepare } from './engines/prepare.js'
import type { Engine } from './engines/types.js'
import { BackendError } from './errors.js'
import type { Model } from './storage/model.js'
import { requireWeights } from './weights.js'

/** Programs that nobody uses are kept up to this number: each holds the model's weights. */
const mostIdle = 4

interface Kept {
  readonly program: Promise<NamedProgram>
  users: number
}

/** A program on loan. */
export interface Loan {
  readonly program: NamedProgram
  /** Gives it back. */
  release(): void
}

/**
 * A model on an engine, ready to be used often and by several callers at once: its weights are prepared once, and its
 * programs are kept. Dispose it when it is no longer needed.
 */
export class OpenedModel<Config extends SequenceConfig = SequenceConfig> {
  /** By what shapes them; the longest unused first. */
  readonly #programs = new Map<string, Kept>()
  #isDisposed = false

  private constructor(
    readonly model: Model<Config>,
    readonly engine: Engine,
    /** What the architecture's `step` computes with. */
    readonly weights: Readonly<Record<string, Float32Array>>
  ) {}

  /** Prepares a model's weights on an engine; {@link openModel} calls it. */
  static async open<Config extends SequenceConfig>(
    model: Model<Config>,
    engine: Engine
  ): Promise<OpenedModel<Config>> {
    const { architecture, config } = model
    const parameters = requireWeights(model.weights, architecture.parameters(config))
    const { values, made } = await prepare(engine, architecture, config, parameters)
    try {
      return new OpenedModel(model, engine, await readValues(values))
    } finally {
      release(made)
    }
  }

  get architecture(): SequenceArchitecture<Config> {
    return this.model.architecture
  }

  get config(): Config {
    return this.model.config
  }

  /**
   * A program of the model, compiled when it is first needed.
   *
   * @param key Names what it computes.
   * @throws {BackendError} if the model has been disposed.
   */
  async borrow(key: string, make: () => NamedFunction): Promise<Loan> {
    if (this.#isDisposed) throw new BackendError(this.engine.name, 'this model has been disposed')
    const kept = this.#programs.get(key) ?? { program: compileNamed(this.engine, make()), users: 0 }
    this.#programs.delete(key)
    this.#programs.set(key, kept)
    kept.users++
    let isReleased = false
    const giveBack = () => {
      if (isReleased) return
      isReleased = true
      kept.users--
      this.#disposeIdle()
    }
    try {
      return { program: await kept.program, release: giveBack }
    } catch (error) {
      this.#programs.delete(key)
      throw error
    }
  }

  #disposeIdle(): void {
    const idle = [...this.#programs].filter(([, { users }]) => users === 0)
    const surplus = this.#isDisposed ? idle.length : idle.length - mostIdle
    for (const [key, { program }] of idle.slice(0, Math.max(0, surplus))) {
      this.#programs.delete(key)
      program.then(
        made => made.dispose(),
        () => {}
      )
    }
  }

  /** Frees the programs, those in use when they are given back; a second call does nothing. */
  dispose(): void {
    this.#isDisposed = true
    this.#disposeIdle()
  }

  /** {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose()
  }
}

/**
 * Opens a model for {@link stream}, {@link generate}, {@link evaluate} and {@link readStates}.
 *
 * @param options.engine By default {@link eager} with the backend that tfjs has set.
 * @throws {ShapeError} if a weight is missing or of another size.
 */
export async function openModel<Config extends SequenceConfig>(
  model: Model<Config>,
  options: { readonly engine?: Engine | undefined } = {}
): Promise<OpenedModel<Config>> {
  return OpenedModel.open(model, options.engine ?? (await eager()))
}
