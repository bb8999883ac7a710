const pitchClasses = ['C', 'Db', 'D', 'Eb', 'E', 'F', 'Gb', 'G', 'Ab', 'A', 'Bb', 'B'] as const

/** The 24 triads that a plan names: the major ones from `C` up, then the minor ones from `Cm` up. */
export const chordNames: readonly string[] = Object.freeze([
  ...pitchClasses,
  ...pitchClasses.map(name => `${name}m`)
])

const indices: ReadonlyMap<string, number> = new Map(chordNames.map((name, index) => [name, index]))

/** The index of a chord among {@link chordNames}, or `undefined`. */
export function chordIndex(name: string): number | undefined {
  return indices.get(name)
}

/** A chord, so many semitones higher. */
export function transposeChord(name: string, semitones: number): string {
  const index = indices.get(name)
  if (index === undefined) return name
  const root = (((index + semitones) % 12) + 12) % 12
  return chordNames[index < 12 ? root : 12 + root]!
}

/** The chord tones above the root of a major and of a minor triad. */
const shapes = [
  [0, 4, 7],
  [0, 3, 7]
] as const
/** The root counts more, and more again where it is the bass. */
const weights = [1.1, 1, 1] as const
const bassBonus = 0.06
/** A single pitch class reaches 0.61 with its triad: that is no chord yet. */
const leastLikeness = 0.68

/**
 * The triad that the sounding pitch classes are most like, or `null` if they are like none.
 *
 * @param sounding How long each pitch class sounds, `[12]`.
 * @param bass The pitch class of the lowest note.
 * @param ofPiece How long each sounds in the whole piece: it decides where a third is missing.
 */
export function chordOf(
  sounding: ArrayLike<number>,
  bass: number | undefined,
  ofPiece: ArrayLike<number>
): string | null {
  let square = 0
  let total = 0
  for (let pc = 0; pc < 12; pc++) {
    square += sounding[pc]! ** 2
    total += ofPiece[pc]!
  }
  if (square === 0) return null
  const norm = Math.sqrt(square * weights.reduce((sum, weight) => sum + weight ** 2, 0))
  let best = -1
  let bestLikeness = 0
  let bestScore = 0
  for (const [minor, shape] of shapes.entries()) {
    for (let root = 0; root < 12; root++) {
      let product = 0
      let usual = 0
      for (const [k, interval] of shape.entries()) {
        product += weights[k]! * sounding[(root + interval) % 12]!
        usual += ofPiece[(root + interval) % 12]!
      }
      const likeness = product / norm
      const score = likeness + (root === bass ? bassBonus : 0) + (0.05 * usual) / (total || 1)
      if (score > bestScore) {
        bestScore = score
        bestLikeness = likeness
        best = 12 * minor + root
      }
    }
  }
  return bestLikeness >= leastLikeness ? chordNames[best]! : null
}
