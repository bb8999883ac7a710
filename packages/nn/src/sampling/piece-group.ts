import type { SequenceConfig } from '../architecture.js'
import type { HostArray } from '../engines/types.js'
import { type BlockRunner, rowsOf } from './block.js'
import type { GrowingPiece } from './growing-piece.js'
import { gatherInputs } from './inputs.js'

/** Pieces that are composed side by side. */
export class PieceGroup<Config extends SequenceConfig, State> {
  readonly #draws: Float32Array
  /** The word that each row reads next. */
  readonly #next: Int32Array

  /** @param rows The pieces; in the last group they may be fewer than the runner's rows. */
  constructor(
    readonly runner: BlockRunner<Config>,
    readonly rows: readonly GrowingPiece<State>[],
    readonly endOfPiece: number
  ) {
    const { batch, steps } = runner.options
    this.#draws = new Float32Array(steps * batch)
    this.#next = new Int32Array(batch).fill(endOfPiece)
  }

  #told() {
    const { architecture, config, options } = this.runner
    const specs = architecture.inputs(config)
    const told = (row: 0 | 1) =>
      gatherInputs(
        specs,
        this.rows.map(piece => piece.told(row)),
        options.batch
      )
    return options.guidance === undefined ? told(0) : joinedRows(told(0), told(1))
  }

  /** Reads words that all rows begin with. @param reader Of single steps. */
  async read(prime: readonly number[], reader: BlockRunner<Config>, signal?: AbortSignal): Promise<void> {
    const { batch } = this.runner.options
    const draws = new Float32Array(batch)
    try {
      for (const id of prime) {
        signal?.throwIfAborted()
        await reader.run(this.#next, draws, this.#told())
        this.#next.fill(id)
        for (const row of this.rows) row.advance(id)
      }
      this.runner.start(reader)
    } finally {
      reader.dispose()
    }
  }

  /** The words that the rows make in one run; none where all are done. */
  async advance(signal?: AbortSignal): Promise<number[][]> {
    signal?.throwIfAborted()
    if (this.rows.every(row => row.done)) return this.rows.map(() => [])
    const { batch, steps } = this.runner.options
    for (const [index, row] of this.rows.entries()) {
      row.lookAhead(this.#draws.subarray(index * steps, (index + 1) * steps))
    }
    const block = await this.runner.run(this.#next, this.#draws, this.#told())
    const made = this.rows.map((row, index) => row.take(block, index, batch))
    this.runner.keep(made.map(words => Math.max(words.length, 1)))
    for (const [index, words] of made.entries()) this.#next[index] = words.at(-1) ?? this.endOfPiece
    return made
  }

  /** The states in which a probe looks, after the last of the rows' words, `[rows, H]`; all must have ended together. */
  async readouts(): Promise<Float32Array> {
    const { architecture, options } = this.runner
    await this.runner.run(this.#next, this.#draws, this.#told())
    const values = (await this.runner.state())[architecture.readout]!
    return values.subarray(0, (values.length / rowsOf(options)) * this.rows.length)
  }
}

/** Arrays by name, the rows of the second behind those of the first. */
function joinedRows(
  first: Readonly<Record<string, HostArray>>,
  second: Readonly<Record<string, HostArray>>
): Record<string, HostArray> {
  const entries = Object.entries(first).map(([name, array]) => {
    const joined =
      array instanceof Int32Array ? new Int32Array(2 * array.length) : new Float32Array(2 * array.length)
    joined.set(array)
    joined.set(second[name]!, array.length)
    return [name, joined] as const
  })
  return Object.fromEntries(entries)
}
