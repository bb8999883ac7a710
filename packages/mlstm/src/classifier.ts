import { type Batch, batchesByLength, batchIds, type Filling } from './classifier-batches.js'
import { classify, classifySpecs } from './classifier-step.js'
import { requireWordIds } from './ids.js'
import { release } from './release.js'
import { toWeights } from './trainer.js'
import type { Engine, ModelConfig, Program, Weights } from './types.js'

/** An mLSTM that says how likely a sequence's label is 1. */
export interface Classifier {
  readonly config: ModelConfig
  /** Shapes as those of a language model, but for `wo`, `[H, 1]`, and `bo`, `[1]`. */
  readonly weights: Weights
  /** The epoch after which these were the weights. */
  readonly epoch: number
  /**
   * Each sequence is filled up to a multiple of 64 words and read from the zero state; it does not matter which others are
   * read with it.
   *
   * @returns The probability of label 1, `[N]`.
   * @throws {InvalidOptionError} if there are no words, or an id is not in the vocabulary.
   */
  probabilities(sequences: readonly ArrayLike<number>[], signal?: AbortSignal): Promise<Float64Array>
}

/** Programs by the number of words they read, compiled when first needed. */
export class ProgramsByLength {
  readonly #made = new Map<number, Program>()

  constructor(readonly compile: (words: number) => Promise<Program>) {}

  async of({ words }: Batch): Promise<Program> {
    const program = this.#made.get(words) ?? (await this.compile(words))
    this.#made.set(words, program)
    return program
  }

  dispose(): void {
    for (const program of this.#made.values()) program.dispose()
  }
}

/** How a classifier reads. */
export interface ClassifierReading {
  readonly engine: Engine
  /** `B`. */
  readonly rows: number
  readonly filling: Filling
}

/**
 * The classifier of trained arrays.
 *
 * @param arrays Its parameters, in program order.
 */
export function classifierOf(
  config: ModelConfig,
  arrays: readonly Float32Array[],
  epoch: number,
  { engine, rows, filling }: ClassifierReading
): Classifier {
  return {
    config,
    weights: toWeights(arrays),
    epoch,
    async probabilities(sequences, signal) {
      requireWordIds('probabilities.sequences', sequences, config.vocabularySize)
      const result = new Float64Array(sequences.length)
      const programs = new ProgramsByLength(words =>
        engine.compile(classify, classifySpecs(config, { rows, words }), { key: 'classify' })
      )
      try {
        for (const batch of batchesByLength(sequences, rows)) {
          signal?.throwIfAborted()
          const program = await programs.of(batch)
          const outputs = await program.run([...arrays, batchIds(sequences, batch, rows, filling)])
          try {
            const values = await outputs[0]!.read()
            for (const [row, index] of batch.indices.entries()) result[index] = values[row]!
          } finally {
            release(outputs)
          }
        }
      } finally {
        programs.dispose()
      }
      return result
    }
  }
}
