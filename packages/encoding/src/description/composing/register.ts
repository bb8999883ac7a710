/** The pitches of a piano. */
const lowest = 21
const highest = 108
/** A note lies at most so far from the mean that the notes of its bar still need, */
const furthest = 18
/** and that at most so far from the planned mean. */
const furthestMean = 6

/** The pitches of a bar's next note. */
export interface Register {
  readonly lowest: number
  readonly highest: number
}

/**
 * The pitches from which a bar can still reach its mean pitch.
 *
 * @param mean The planned mean and number of notes; everything fits where they are not said.
 * @param pitches Those of the bar so far.
 */
export function registerOf(
  mean: number | undefined,
  planned: number | undefined,
  pitches: readonly number[]
): Register {
  if (mean === undefined || planned === undefined) return { lowest, highest }
  const toCome = Math.max(1, planned - pitches.length)
  const excess = pitches.reduce((total, pitch) => total + pitch - mean, 0)
  const needed = mean - Math.max(-furthestMean, Math.min(furthestMean, excess / toCome))
  return { lowest: Math.max(lowest, needed - furthest), highest: Math.min(highest, needed + furthest) }
}
