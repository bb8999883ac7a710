import { firstIndex } from '@vgm/base'
import { firstId } from '../words/vocabulary.js'
import {
  barClasses,
  type ControlName,
  chordClass,
  controlIndex,
  dueClass,
  placeClass,
  planControls,
  toGoClass
} from './controls.js'
import type { BarPlan, Plan } from './plan.js'

/** Where a piece stands that follows a plan. */
export interface PlanState {
  /** The time step that the next word stands in. */
  readonly time: number
  /** The notes so far in its bar. */
  readonly notes: number
}

/** What a model is told beside the next word. */
export interface Told {
  /** The time step that it stands in. */
  readonly time: number
  /** A class for each of {@link planControls}. */
  readonly controls: Int32Array
}

/** What of a plan is told. */
export interface TellOptions {
  /** Whether an entry of a bar is kept back; the place in the bar never is. By default none is. */
  readonly hides?: (bar: number, control: ControlName) => boolean
}

/** Tells a model a plan, word by word: the `SideInputs` of `@vgm/nn`. */
export interface ToldPlan {
  /** Where a piece begins. */
  initial(): PlanState
  /** Where the piece stands after one more word; the given state is not modified. */
  next(state: PlanState, id: number): PlanState
  /** What is told beside the next word. */
  values(state: PlanState): { readonly time: number; readonly controls: Int32Array }
}

const commonTime: BarPlan = { numerator: 4, denominator: 4, steps: 16 }
const count = planControls.length

/** What is told in one bar, worked out once. */
interface ToldBar {
  readonly start: number
  /** The place at which its second half begins. */
  readonly middle: number
  readonly steps: number
  /** The notes that it shall have, if that is told. */
  readonly notes: number | undefined
  /** The controls of the first and the second half, without place and due. */
  readonly halves: readonly [Int32Array, Int32Array]
}

/** The bars that follow a plan: of its last metre. */
function restOf(bars: readonly BarPlan[]): BarPlan {
  const { numerator, denominator, steps } = bars.at(-1) ?? commonTime
  return { numerator, denominator, steps: Math.max(1, steps) }
}

/** The bars of a plan; past its end the last metre goes on, and nothing else is told. */
function toldBars({ bars }: Plan, { hides = () => false }: TellOptions): (bar: number) => ToldBar {
  const starts = [0]
  for (const { steps } of bars) starts.push(starts.at(-1)! + steps)
  const rest = restOf(bars)
  const made = new Map<number, ToldBar>()
  const chordAt = (bar: number, half: 0 | 1) => chordClass(bars[bar]?.chords?.[half])
  const make = (index: number): ToldBar => {
    const bar = bars[index] ?? rest
    const shown = (name: ControlName, value: number) => (hides(index, name) ? 0 : value)
    const start =
      index < bars.length ? starts[index]! : starts[bars.length]! + (index - bars.length) * bar.steps
    const classes = barClasses(bar)
    const half = (second: boolean) => {
      const controls = new Int32Array(count)
      for (const [name, value] of Object.entries(classes)) {
        controls[controlIndex[name as ControlName]] = shown(name as ControlName, value)
      }
      if (index < bars.length) controls[controlIndex.toGo] = shown('toGo', toGoClass(bars.length - 1 - index))
      controls[controlIndex.chord] = shown('chord', chordAt(index, second ? 1 : 0))
      const next = second ? chordAt(index + 1, 0) : chordAt(index, 1)
      controls[controlIndex.nextChord] = hides(second ? index + 1 : index, 'chord') ? 0 : next
      return controls
    }
    const isCounted = !hides(index, 'density') && !hides(index, 'due')
    return {
      start,
      steps: bar.steps,
      middle: Math.ceil(bar.steps / 2),
      notes: isCounted ? bar.notes : undefined,
      halves: [half(false), half(true)]
    }
  }
  return index => {
    const bar = made.get(index) ?? make(index)
    made.set(index, bar)
    return bar
  }
}

/** The bar that a time step lies in. */
function barFinder({ bars }: Plan): (time: number) => number {
  const ends: number[] = []
  for (const { steps } of bars) ends.push((ends.at(-1) ?? 0) + steps)
  const end = ends.at(-1) ?? 0
  const { steps } = restOf(bars)
  return time =>
    time < end
      ? firstIndex(ends.length, index => ends[index]! > time)
      : bars.length + Math.floor((time - end) / steps)
}

function write(bar: ToldBar, time: number, notes: number, controls: Int32Array, at: number): void {
  const place = time - bar.start
  controls.set(bar.halves[place < bar.middle ? 0 : 1], at)
  controls[at + controlIndex.place] = placeClass(place)
  if (bar.notes !== undefined) controls[at + controlIndex.due] = dueClass(bar.notes - notes)
}

/**
 * Tells a model a plan while the words of a piece are written: beside each word the time step that the next one stands in, and the
 * classes of that bar. A `.` belongs to the step that it ends. With an empty plan bars of 4/4 are told, and nothing else.
 */
export function tellPlan(plan: Plan, options: TellOptions = {}): ToldPlan {
  const barOf = toldBars(plan, options)
  const find = barFinder(plan)
  return {
    initial: () => ({ time: 0, notes: 0 }),
    next({ time, notes }, id) {
      if (id < firstId.duration) return { time, notes: notes + 1 }
      if (id !== firstId.step) return { time, notes }
      return { time: time + 1, notes: find(time + 1) === find(time) ? notes : 0 }
    },
    values({ time, notes }) {
      const controls = new Int32Array(count)
      write(barOf(find(time)), time, notes, controls, 0)
      return { time, controls }
    }
  }
}

/**
 * What {@link tellPlan} tells beside every word of a piece.
 *
 * @param ids The piece's words, `[T]`.
 * @returns `time`, `[T]`, and `controls`, row-major `[T, K]`: row `t` is told when word `t` is to be predicted.
 */
export function toldBeside(
  plan: Plan,
  ids: ArrayLike<number>,
  options: TellOptions = {}
): { readonly time: Int32Array; readonly controls: Int32Array } {
  const barOf = toldBars(plan, options)
  const find = barFinder(plan)
  const times = new Int32Array(ids.length)
  const controls = new Int32Array(ids.length * count)
  let time = 0
  let notes = 0
  let index = find(0)
  let bar = barOf(index)
  for (let t = 0; t < ids.length; t++) {
    times[t] = time
    write(bar, time, notes, controls, t * count)
    const id = ids[t]!
    if (id < firstId.duration) notes++
    if (id !== firstId.step) continue
    time++
    while (time >= bar.start + bar.steps) {
      notes = 0
      bar = barOf(++index)
    }
  }
  return { time: times, controls }
}
