import type { Model } from '@vgm/nn'

/** The sizes of a {@link transformer}. */
export interface TransformerConfig {
  /** `V`, the number of words. */
  readonly vocabularySize: number
  /** `D`, the numbers that stand for a word; a multiple of twice the heads. */
  readonly width: number
  /** `A`, the attention heads, an even number: half of them measure distance in words, half in time steps. */
  readonly heads: number
  /** `L`. */
  readonly layers: number
  /** `C`, how many words it looks back while it composes. */
  readonly context: number
  /** How many classes each control has that it is told beside a word, in order; class 0 stands for what is not said. */
  readonly controls: readonly number[]
}

/** A transformer's weights, and what is known about them. */
export type TransformerModel = Model<TransformerConfig>
