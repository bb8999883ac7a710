import type { PhrasePlace, Piece, PieceFacts } from './piece.js'

/** How positive a phrase is. */
export interface PhraseEmotion extends PhrasePlace {
  /** That it is positive. */
  readonly probability: number
}

/** How positive a piece is, and what else its notes say. */
export interface JudgedEmotion extends PieceFacts {
  /** `positive` if the probability is above 0.5. */
  readonly verdict: 'positive' | 'negative'
  /** That the piece is positive: the mean over its phrases. */
  readonly probability: number
  /** The phrases that are least and most positive. */
  readonly lowest: PhraseEmotion
  readonly highest: PhraseEmotion
  /** A phrase of four bars from every bar on; the piece as a whole where it has none with enough notes. */
  readonly curve: readonly PhraseEmotion[]
}

/** A piece with fewer notes than a judgement needs: fewer than `fewestNotes` of `@vgm/encoding`. */
export interface UnjudgedEmotion extends PieceFacts {
  readonly verdict: null
  readonly probability: null
  readonly lowest: null
  readonly highest: null
  readonly curve: readonly []
}

/** The emotion of a piece; its `verdict` is `null` if the piece is too short to judge. */
export type Emotion = JudgedEmotion | UnjudgedEmotion

/** What the phrases' probabilities say of a piece, one for each of its phrases. */
export function emotionOf({ phrases, ...facts }: Piece, probabilities: Float64Array): Emotion {
  if (phrases.length === 0) {
    return { ...facts, verdict: null, probability: null, lowest: null, highest: null, curve: [] }
  }
  const curve = phrases.map(({ score: _, ...place }, index) => ({
    ...place,
    probability: probabilities[index]!
  }))
  const probability = probabilities.reduce((sum, value) => sum + value, 0) / probabilities.length
  return {
    ...facts,
    verdict: probability > 0.5 ? 'positive' : 'negative',
    probability,
    lowest: curve.reduce((a, b) => (b.probability < a.probability ? b : a)),
    highest: curve.reduce((a, b) => (b.probability > a.probability ? b : a)),
    curve
  }
}
