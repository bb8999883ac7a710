import { type Score, type Tokenizer, transpose, trimStart } from '@vgm/encoding'
import { type BarPlan, describe, planSteps } from '@vgm/encoding/description'
import { toHomeKey } from './home-key.js'
import { plannedEncoding } from './planned-music.js'

/** Music to go on from, as a planned model reads it. */
export interface PlannedPrime {
  /** Whole bars, without an end, `[T]`. */
  readonly ids: Uint16Array
  readonly bars: readonly BarPlan[]
  /** By how many semitones it was moved. */
  readonly toHome: number
}

/**
 * Music as a beginning: in its home key, to the end of the bar in which its last note begins.
 *
 * @throws {NoNotesError} if it has no pitched note.
 */
export function plannedPrime(score: Score, tokenizer: Tokenizer): PlannedPrime {
  const toHome = toHomeKey(score)
  const moved = transpose(trimStart(score), toHome)
  const { bars } = describe(moved)
  const written = tokenizer.encode(moved, plannedEncoding)
  const step = written.findLast(id => tokenizer.ticksOf(id) > 0)!
  const ids: number[] = []
  let steps = 0
  const end = planSteps({ bars })
  for (const id of written) {
    if (id === tokenizer.endOfPiece || steps === end) break
    ids.push(id)
    if (id === step) steps++
  }
  while (steps++ < end) ids.push(step)
  return { ids: Uint16Array.from(ids), bars, toHome }
}
