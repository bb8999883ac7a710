import { durationSteps } from '../../words/durations.js'
import type { GrammarState } from '../../words/grammar.js'
import { firstId } from '../../words/vocabulary.js'
import { type PlanKeyName, triadOf } from './harmony.js'
import type { SaidNote } from './written-bar.js'

const fewest = 3
const most = 5
/** The lowest pitch of the chord. */
const lowest = 28
/** The highest pitch of its first note, of the second, and of the others: there is always room for the next. */
const ceilings = [60, 76, 100]

/** What the ending depends on. */
interface EndingState {
  readonly words: GrammarState
  readonly place: number
  readonly notes: readonly SaidNote[]
  /** The bar's length. */
  readonly steps: number
  readonly key: PlanKeyName
}

/** Keeps of the words that are allowed those of the last bar: a chord of three to five notes over the tonic, held to its end. */
export function allowEnding(mask: Uint8Array, { words, place, notes, steps, key }: EndingState): void {
  mask[firstId.end] = 0
  mask.fill(0, firstId.tempo, firstId.step)
  const isComplete = notes.length >= fewest && words.pitch > ceilings[1]!
  if (mask[firstId.step] === 1 && (place > 0 || notes.length >= most || isComplete)) {
    mask.fill(0, 0, firstId.step)
    return
  }
  if (notes.length < fewest) mask[firstId.step] = 0
  const holds = (id: number) => {
    const touched = durationSteps[id - firstId.duration]!
    return touched > steps / 2 && touched <= steps
  }
  for (let id: number = firstId.duration; id < firstId.velocity; id++) if (!holds(id)) mask[id] = 0
  const isHeld = words.duration >= 0 && holds(words.duration)
  const tones = triadOf(key)
  const ceiling = ceilings[Math.min(notes.length, ceilings.length - 1)]!
  for (let pitch = 0; pitch < firstId.duration; pitch++) {
    const isTone = notes.length === 0 ? pitch % 12 === key.tonic : tones.includes(pitch % 12)
    if (!isHeld || !isTone || pitch < lowest || pitch > ceiling) mask[pitch] = 0
  }
}
