import { sigmoid, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Cancel } from '@vgm/base'
import {
  compileNamed,
  type Engine,
  floatSpecs,
  groupIds,
  groupsByLength,
  type NamedProgram,
  noChance,
  type Padding,
  release,
  type Value
} from '@vgm/nn'
import { logOdds, mlstmClassifier } from './mlstm-classifier.js'
import type { MlstmConfig } from './types.js'

/** How a classifier reads. */
export interface ClassifierReading extends Cancel {
  readonly engine: Engine
  /** `B`, the sequences that are read side by side; the result does not depend on it. */
  readonly batch: number
  /** As in training. */
  readonly padding: Padding
}

/**
 * The probability of label 1 for each sequence, `[N]`: for a classifier that was stored and loaded again.
 *
 * @param parameters Those of {@link mlstmClassifier}: host arrays, or handles of the engine.
 */
export async function classify(
  config: MlstmConfig,
  parameters: Readonly<Record<string, Value>>,
  sequences: readonly ArrayLike<number>[],
  { engine, batch, padding, signal }: ClassifierReading
): Promise<Float64Array> {
  const result = new Float64Array(sequences.length)
  const programs = new Map<number, NamedProgram>()
  const specs = floatSpecs(mlstmClassifier.parameters(config))
  const programOf = async (words: number) => {
    const program =
      programs.get(words) ??
      (await compileNamed(engine, {
        key: 'classify',
        inputs: { ...specs, ids: { shape: [words, batch], dtype: 'int32' } },
        outputs: ['probability'],
        compute: ({ ids, ...weights }) => ({
          probability: sigmoid(logOdds(weights, ids as Tensor2D, noChance))
        })
      }))
    programs.set(words, program)
    return program
  }
  try {
    for (const group of groupsByLength(sequences, batch)) {
      signal?.throwIfAborted()
      const program = await programOf(group.words)
      const outputs = await program.run({ ...parameters, ids: groupIds(sequences, group, batch, padding) })
      try {
        const values = await outputs.probability!.read()
        for (const [row, index] of group.indices.entries()) result[index] = values[row]!
      } finally {
        release(Object.values(outputs))
      }
    }
  } finally {
    for (const program of programs.values()) program.dispose()
  }
  return result
}
