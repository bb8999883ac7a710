import type { Score } from '@vgm/encoding'
import { OneKindError } from '../errors.js'

/** What a phrase is labelled, and the piece that it is of. */
export interface Example {
  /** Phrases of one piece have the same. */
  readonly piece: string
  /** 1 is positive, −1 negative. */
  readonly sentiment: 1 | -1
}

/** A phrase with its label. */
export interface LabelledPhrase extends Example {
  readonly score: Score
}

/** The labels, in the order of the phrases. */
export const labelsOf = (examples: readonly Example[]): (1 | -1)[] =>
  examples.map(({ sentiment }) => sentiment)

/** The names of the pieces, in the order of the phrases. */
export const piecesOf = (examples: readonly Example[]): string[] => examples.map(({ piece }) => piece)

/** How much there is to learn from. */
export interface PhraseCounts {
  readonly phrases: number
  readonly pieces: number
  readonly positive: number
  /** Accuracy of always giving the more frequent label. */
  readonly majorityRate: number
}

/** Counts phrases, the pieces that they are of, and their labels. */
export function countPhrases(examples: readonly Example[]): PhraseCounts {
  const phrases = examples.length
  const positive = labelsOf(examples).filter(label => label === 1).length
  return {
    ...{ phrases, pieces: new Set(piecesOf(examples)).size, positive },
    majorityRate: Math.max(positive, phrases - positive) / phrases
  }
}

/**
 * Throws unless there are positive and negative phrases.
 *
 * @param part Which of all phrases these are, for the message.
 * @throws {OneKindError}
 */
export function requireBothKinds(examples: readonly Example[], part?: string): void {
  const { positive } = countPhrases(examples)
  const negative = examples.length - positive
  if (positive === 0 || negative === 0) throw new OneKindError('requireBothKinds', positive, negative, part)
}
