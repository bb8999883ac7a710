import { adamScalars } from './adam.js'
import type { TrainSettings } from './checkpoint.js'
import { drawMasks } from './dropout.js'
import { initialWeights, parameterNames, weightsInOrder, zeroParameters } from './parameters.js'
import { readFiniteScalars } from './read-finite-scalars.js'
import { readValue } from './read-value.js'
import { release } from './release.js'
import { trainStep, trainStepSpecs } from './train-step.js'
import type { Engine, Handle, ModelConfig, ParameterName, Program, Value, Weights } from './types.js'

function zeroState({ units }: ModelConfig, lanes: number): [Float32Array, Float32Array] {
  return [new Float32Array(lanes * units), new Float32Array(lanes * units)]
}

/**
 * Where a new run begins: parameters, first and second moments, `h` and `c`.
 *
 * @param weights Fresh ones by default.
 */
export function initialArrays(
  config: ModelConfig,
  { seed, lanes }: TrainSettings,
  weights: Weights = initialWeights(config, seed)
): readonly Float32Array[] {
  const parameters = weightsInOrder(config, weights)
  return [...parameters, ...zeroParameters(config), ...zeroParameters(config), ...zeroState(config, lanes)]
}

/** The parameters among a checkpoint's arrays, by name. */
export function toWeights(arrays: readonly Float32Array[]): Weights {
  const entries = parameterNames.map((name, k) => [name, arrays[k]!] as const)
  return Object.fromEntries(entries) as Record<ParameterName, Float32Array>
}

/** Runs training steps one after another, and holds what each hands to the next within the engine. */
export class Trainer {
  #owned: readonly Handle[] = []

  private constructor(
    readonly config: ModelConfig,
    readonly settings: TrainSettings,
    readonly program: Program,
    /** Parameters, first and second moments, `h` and `c`: on the host at first, then the engine's. */
    private values: readonly Value[]
  ) {}

  static async create(
    engine: Engine,
    config: ModelConfig,
    settings: TrainSettings,
    endOfPiece: number,
    arrays: readonly Float32Array[]
  ): Promise<Trainer> {
    const { maxNorm, weightDecay, embeddingDropout, recurrentDropout, outputDropout } = settings
    const dropout = { embeddingDropout, recurrentDropout, outputDropout }
    const fixed = { maxNorm, endOfPiece, weightDecay, dropout }
    const program = await engine.compile(trainStep(fixed), trainStepSpecs(config, settings, dropout), {
      key: `train-step ${JSON.stringify(fixed)}`
    })
    return new Trainer(config, settings, program, arrays)
  }

  /**
   * One step on a window of `[T, B]` words.
   *
   * @param step The step's number, from 1.
   * @param startsShard Whether the window begins a shard: the state is then zero.
   * @returns The loss in nats per word, and the gradients' norm before clipping.
   * @throws {NotFiniteError} if one of them is not finite; the trainer is then as it was before the step.
   */
  async step(
    { ids, targets }: { readonly ids: Int32Array; readonly targets: Int32Array },
    step: number,
    learningRate: number,
    startsShard: boolean
  ): Promise<{ loss: number; norm: number }> {
    const { rate, correction } = adamScalars(step, learningRate)
    const state = startsShard ? zeroState(this.config, this.settings.lanes) : this.values.slice(-2)
    const scalars = [Float32Array.of(rate), Float32Array.of(correction)]
    const outputs = await this.program.run([
      ...this.values.slice(0, -2),
      ...state,
      ids,
      targets,
      ...scalars,
      ...drawMasks(this.settings, this.config, this.settings.lanes, { seed: this.settings.seed, step })
    ])
    const [loss, norm] = await readFiniteScalars(outputs, [
      `the loss of step ${step}`,
      `the norm of step ${step}`
    ])
    release(this.#owned)
    this.values = this.#owned = outputs.slice(2)
    return { loss: loss!, norm: norm! }
  }

  /** The current parameters, in program order, for other programs of the engine. */
  get parameters(): readonly Value[] {
    return this.values.slice(0, parameterNames.length)
  }

  /** Copies everything that is carried to the host. */
  read(): Promise<Float32Array[]> {
    return Promise.all(this.values.map(async value => (await readValue(value)).slice() as Float32Array))
  }

  dispose(): void {
    release(this.#owned)
    this.program.dispose()
  }
}
