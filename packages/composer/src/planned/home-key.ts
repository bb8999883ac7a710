import type { Score } from '@vgm/encoding'
import { estimateKey, UniformHistogramError } from '@vgm/key-velocity'

const tonicOfMinor = 9

/** By how many semitones a key is moved to C major or A minor, −6 to 5. @param keyIndex As `keys` of `@vgm/key-velocity` has it. */
export function distanceHome(keyIndex: number): number {
  const distance = (keyIndex < 12 ? 0 : tonicOfMinor) - (keyIndex % 12)
  return ((((distance + 6) % 12) + 12) % 12) - 6
}

/**
 * By how many semitones a piece is moved to stand in C major or A minor, −6 to 5: the keys in which a planned model learns and
 * composes.
 *
 * @throws {NoNotesError} if the piece has no pitched note.
 * @source Yu et al. 2022, *Museformer*, §4.1
 */
export function toHomeKey(score: Score): number {
  try {
    return distanceHome(estimateKey(score).keyIndex)
  } catch (error) {
    if (error instanceof UniformHistogramError) return 0
    throw error
  }
}
