/**
 * A quadrant of the plane of valence and arousal: `Q1` happy (positive, aroused), `Q2` tense (negative, aroused), `Q3` sad
 * (negative, calm), `Q4` calm (positive, calm).
 */
export type Quadrant = 'Q1' | 'Q2' | 'Q3' | 'Q4'

/** The quadrant of a valence and an arousal, each high or low. */
export function quadrantOf(isPositive: boolean, isAroused: boolean): Quadrant {
  if (isAroused) return isPositive ? 'Q1' : 'Q2'
  return isPositive ? 'Q4' : 'Q3'
}
