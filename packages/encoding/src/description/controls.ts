import { chordIndex } from './chords.js'
import type { BarPlan } from './plan.js'

/** What a model is told beside a word of a piece: classes, of which 0 stands for what is not said. */
export interface PlanControl {
  readonly name: ControlName
  /** The number of classes, the 0 included. */
  readonly classes: number
}

/** The names of the controls. */
export type ControlName =
  | 'place'
  | 'metre'
  | 'toGo'
  | 'density'
  | 'due'
  | 'velocity'
  | 'pitch'
  | 'duration'
  | 'chord'
  | 'nextChord'
  | 'returns'

const mostPlaces = 64
const mostDue = 32
const lengths = [4, 6, 8, 10, 12, 14, 16, 18, 20, 24]
/** The most of each class. */
const barsToGo = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 64]
const densities = [0, 1, 2, 3, 4, 6, 8, 12, 16, 24]
const distances = [1, 2, 3, 4, 7, 8, 15, 16]
const velocityWidth = 16
const pitchWidth = 4
const lowestPitch = 24
const highestPitch = 107
const longest = 7

/** The class of a number by the most of each class, from 1; those beyond have one of their own. */
function classOf(value: number, most: readonly number[]): number {
  const index = most.findIndex(limit => value <= limit)
  return 1 + (index < 0 ? most.length : index)
}

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

/**
 * What a model is told beside each word, in order: the place in the bar that the next word stands in, the length of that bar, the
 * bars that follow it, its density, the notes that it still lacks, its mean velocity, pitch and duration, the chord of the half in
 * which the next word stands and of the half after it, and which earlier bar comes back.
 */
export const planControls: readonly PlanControl[] = Object.freeze([
  { name: 'place', classes: 1 + mostPlaces },
  { name: 'metre', classes: 2 + lengths.length },
  { name: 'toGo', classes: 2 + barsToGo.length },
  { name: 'density', classes: 2 + densities.length },
  { name: 'due', classes: 2 + mostDue },
  { name: 'velocity', classes: 1 + 128 / velocityWidth },
  { name: 'pitch', classes: 2 + Math.floor((highestPitch - lowestPitch) / pitchWidth) },
  { name: 'duration', classes: 2 + longest },
  { name: 'chord', classes: 26 },
  { name: 'nextChord', classes: 26 },
  { name: 'returns', classes: 2 + 2 * (distances.length + 1) }
])

/** The position of each control among {@link planControls}. */
export const controlIndex = Object.freeze(
  Object.fromEntries(planControls.map(({ name }, index) => [name, index]))
) as Readonly<Record<ControlName, number>>

/** The class of a place in the bar, in time steps from 0. */
export const placeClass = (step: number) => 1 + Math.min(step, mostPlaces - 1)

/** The class of the notes that a bar still lacks. */
export const dueClass = (notes: number) => 1 + within(notes, 0, mostDue)

/** The class of the bars that follow one. */
export const toGoClass = (bars: number) => classOf(bars, barsToGo)

/** The class of the number of notes in a bar. */
export const densityClass = (notes: number) => classOf(notes, densities)

/** The most notes of the density that a number of notes belongs to. */
export const mostOfDensity = (notes: number) =>
  densities.find(most => notes <= most) ?? Number.POSITIVE_INFINITY

/** The class of a mean pitch. */
export const pitchClass = (pitch: number) =>
  1 + Math.floor((within(pitch, lowestPitch, highestPitch) - lowestPitch) / pitchWidth)

/** The class of a chord: 1 for none, 0 for one that is not said. */
export const chordClass = (chord: string | null | undefined) =>
  chord === undefined ? 0 : chord === null ? 1 : 2 + (chordIndex(chord) ?? -2)

function returnsClass(returns: BarPlan['returns']): number {
  if (returns === undefined) return 0
  if (returns === null) return 1
  const distance = distances.findIndex(most => returns.bars <= most)
  const place = distance < 0 ? distances.length : distance
  return 2 + place + (returns.how === 'varied' ? distances.length + 1 : 0)
}

/** The classes that hold for a whole bar, 0 where the plan says nothing. */
export function barClasses(bar: BarPlan): {
  readonly metre: number
  readonly density: number
  readonly velocity: number
  readonly pitch: number
  readonly duration: number
  readonly returns: number
} {
  const { steps, notes, velocity, pitch, duration, returns } = bar
  const length = lengths.indexOf(steps)
  return {
    metre: 1 + (length < 0 ? lengths.length : length),
    density: notes === undefined ? 0 : densityClass(notes),
    velocity: velocity === undefined ? 0 : 1 + Math.floor(within(velocity, 0, 127) / velocityWidth),
    pitch: pitch === undefined ? 0 : pitchClass(pitch),
    duration:
      duration === undefined
        ? 0
        : 1 + within(Math.round(Math.log2(Math.max(duration, 0.01) / 0.25)), 0, longest),
    returns: returnsClass(returns)
  }
}
