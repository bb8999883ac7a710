import * as emotion from '@vgm/emotion'
import { decode } from '@vgm/encoding'

/** What composed pieces should be like, and what stops the assessment of them. */
export interface Aim extends emotion.EmotionTarget {
  readonly signal: AbortSignal
}

/** How near pieces that a model composed are to their target. */
export function assess(pieces: readonly Uint16Array[], aim: Aim): Promise<emotion.Assessment[]> {
  return emotion.assess(scoresOf(pieces), aim, aim)
}

/** What pieces that a model composed, or could have, are like. */
export function rangesOf(
  pieces: readonly Uint16Array[],
  signal: AbortSignal,
  onProgress: (note: string) => void
): Promise<emotion.DescriptorRange[]> {
  return emotion.rangesOf(scoresOf(pieces), {
    signal,
    onProgress: ({ done, total }) => onProgress(`${done} of ${total} phrases`)
  })
}

function scoresOf(pieces: readonly Uint16Array[]) {
  return pieces.map(ids => decode(ids))
}
