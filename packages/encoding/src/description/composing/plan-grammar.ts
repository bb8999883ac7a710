import type { Random } from '@vgm/base'
import type { Constraint } from '../../tokenizer.js'
import { type GrammarState, grammar } from '../../words/grammar.js'
import { firstId } from '../../words/vocabulary.js'
import { mostOfDensity } from '../controls.js'
import type { Plan } from '../plan.js'
import { allowEnding } from './ending.js'
import { fittingClasses, type PlanKeyName } from './harmony.js'
import { type Register, registerOf } from './register.js'
import { nextOfCopy, type SaidNote } from './written-bar.js'

/** A piece in the making that follows a plan. States are immutable. */
export interface PlannedState {
  readonly words: GrammarState
  /** The time step that the next word stands in. */
  readonly time: number
  /** The notes of the bars that are complete, and of the one that is not. */
  readonly bars: readonly (readonly SaidNote[])[]
  readonly notes: readonly SaidNote[]
}

/** How a piece follows its plan. */
export interface PlanGrammarOptions {
  /** Decides which part of a varied bar is composed anew. */
  readonly random: Random
  /** The id of the tempo that is said at the beginning; by default any may be. */
  readonly tempo?: number | undefined
  /** The key of the plan: the piece keeps to its harmony, and ends on its tonic. By default only the model sees to that. */
  readonly key?: PlanKeyName | undefined
}

/** The share of varied bars whose first half is composed anew, rather than the second. */
const newFirstHalf = 0.3

/** Whether a place of a varied bar is composed anew: one half is, the preferred one if it has notes to be replaced. */
function isFresh(source: readonly SaidNote[], place: number, steps: number, prefersFirst: boolean): boolean {
  const middle = Math.ceil(steps / 2)
  const isFirst = (at: number) => at < middle
  const hasPreferred = source.some(note => isFirst(note.place) === prefersFirst)
  return isFirst(place) === (hasPreferred ? prefersFirst : !prefersFirst)
}

/** Which pitches fit. */
interface Fitting {
  readonly classes: ReadonlySet<number>
  readonly register: Register
}

/** Keeps of the pitches that are allowed those that fit; where none above the last one does, the step is over. */
function allowFitting(mask: Uint8Array, last: number, { classes, register }: Fitting): void {
  const fits = (pitch: number) =>
    pitch >= register.lowest && pitch <= register.highest && classes.has(pitch % 12)
  const canGoOn = Array.from({ length: 128 }, (_, pitch) => pitch).some(pitch => pitch > last && fits(pitch))
  if (!canGoOn && mask[firstId.step] === 1) mask.fill(0, 0, firstId.step)
  if (!canGoOn) return
  for (let pitch = 0; pitch < firstId.duration; pitch++) if (!fits(pitch)) mask[pitch] = 0
}

/**
 * The grammar of pieces that follow a plan to the bar: they begin with a sound, keep one tempo, and end where the plan does, even if
 * notes still sound. A bar that comes back is said again note for note; of a varied one half is composed anew. No bar gets more
 * notes than its density allows. In a key, beats have chord tones only, the rest stays within the scale, and a bar near its mean pitch. All else is the
 * model's.
 */
export function planGrammar(plan: Plan, options: PlanGrammarOptions): Constraint<PlannedState> {
  const { random, tempo, key } = options
  const starts = [0]
  for (const { steps } of plan.bars) starts.push(starts.at(-1)! + steps)
  const end = starts.at(-1)!
  const prefersFirst = plan.bars.map(() => random.next() < newFirstHalf)
  const last = plan.bars.length - 1

  /** The notes that are said again at a place of a bar; none where it is composed. */
  const sourceAt = (bars: PlannedState['bars'], bar: number, place: number) => {
    const { returns, steps } = plan.bars[bar]!
    const source = returns ? bars[bar - returns.bars]! : undefined
    if (returns?.how !== 'varied' || source === undefined) return source
    return isFresh(source, place, steps, prefersFirst[bar]!) ? undefined : source
  }
  const say = (mask: Uint8Array, id: number) => {
    mask.fill(0)
    mask[id] = 1
  }
  return {
    initial: () => ({ words: grammar.initial(), time: 0, bars: [], notes: [] }),
    next(state, id) {
      const { words, time, bars, notes } = state
      if (id === firstId.end) return state
      const next = grammar.next(words, id)
      if (id < firstId.duration) {
        const place = time - starts[bars.length]!
        const { duration, velocity } = next
        return { words: next, time, bars, notes: [...notes, { place, pitch: id, duration, velocity }] }
      }
      if (id !== firstId.step) return { words: next, time, bars, notes }
      const isOver = time + 1 >= (starts[bars.length + 1] ?? Number.POSITIVE_INFINITY)
      return {
        words: next,
        time: time + 1,
        bars: isOver ? [...bars, notes] : bars,
        notes: isOver ? [] : notes
      }
    },
    allowed({ words, time, bars, notes }, mask) {
      if (time >= end) return say(mask, firstId.end)
      const bar = bars.length
      const place = time - starts[bar]!
      if (words.length === 0 && tempo !== undefined) return say(mask, tempo)
      if (bar === last && key !== undefined && words.length > 0) {
        grammar.allowed(words, mask)
        allowEnding(mask, { words, place, notes, steps: plan.bars[bar]!.steps, key })
        return
      }
      const source = words.length > 0 ? sourceAt(bars, bar, place) : undefined
      if (source !== undefined) return say(mask, nextOfCopy(source, place, words))
      grammar.allowed(words, mask)
      mask[firstId.end] = 0
      if (words.length > 0) mask.fill(0, firstId.tempo, firstId.step)
      const { notes: planned, pitch: mean, chords, steps } = plan.bars[bar]!
      if (key !== undefined) {
        const pitches = notes.map(({ pitch }) => pitch)
        allowFitting(mask, words.pitch, {
          classes: fittingClasses(key, chords?.[place < Math.ceil(steps / 2) ? 0 : 1], place),
          register: registerOf(mean, planned, pitches)
        })
      }
      if (bar === 0 && notes.length === 0 && planned !== 0) mask[firstId.step] = 0
      const isFull = planned !== undefined && notes.length >= mostOfDensity(planned)
      if (isFull && (words.last === 'step' || words.last === 'note' || words.last === 'tempo'))
        mask.fill(0, 0, firstId.tempo)
    }
  }
}
