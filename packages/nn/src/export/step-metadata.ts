import type { SequenceConfig } from '../architecture.js'
import { readoutWidth } from '../reading/reader.js'
import type { Model } from '../storage/model.js'

/** What a model's words are, for {@link stepMetadata}. */
export interface StepWords {
  /** By id. */
  readonly words: readonly string[]
  /** The id that ends a piece. */
  readonly endOfPiece: number
}

/** What a step's file says of its model, so that nothing else is needed to compose with it; docs/export.md describes it. */
export function stepMetadata<Config extends SequenceConfig>(
  { architecture, config, vocabulary, license, metrics, provenance }: Model<Config>,
  { words, endOfPiece }: StepWords
): Record<string, string> {
  return {
    format: `${architecture.format}-step`,
    formatVersion: '1',
    units: `${readoutWidth(architecture, config)}`,
    endOfPiece: `${endOfPiece}`,
    vocabulary: vocabulary.name,
    vocabularyHash: vocabulary.hash,
    words: JSON.stringify(words),
    license,
    metrics: JSON.stringify(metrics),
    provenance: JSON.stringify(provenance)
  }
}
