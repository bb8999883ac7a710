import type { Score } from '@vgm/encoding'
import { estimateKey, UniformHistogramError } from '@vgm/key-velocity'

const tonicOfMinor = 9

/**
 * How far a piece is moved so that it stands in C major or A minor, in semitones, −6 to 5: the key in which a planned model
 * learns and composes.
 *
 * @throws {NoNotesError} if the piece has no pitched note.
 * @source Yu et al. 2022, *Museformer*, §4.1
 */
export function toHomeKey(score: Score): number {
  try {
    const { keyIndex } = estimateKey(score)
    const distance = (keyIndex < 12 ? 0 : tonicOfMinor) - (keyIndex % 12)
    return ((((distance + 6) % 12) + 12) % 12) - 6
  } catch (error) {
    if (error instanceof UniformHistogramError) return 0
    throw error
  }
}
