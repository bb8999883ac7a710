import { chordIndex } from '../chords.js'
import { type BarPlan, stepsOfBar } from '../plan.js'

/** A field of a bar in the text of a plan: its name, then its values, separated by blanks. */
export interface PlanField {
  readonly name: string
  /** A regular expression of the values. */
  readonly values: string
  /** The values in words, with an example. */
  readonly expected: string
}

/** A field that is read into a bar, and written from one. */
export interface ReadableField extends PlanField {
  /** What the values say; `undefined` where they are out of range. */
  read(values: string): Partial<BarPlan> | undefined
  /** The values; `undefined` where the bar does not say them. */
  write(bar: BarPlan): string | undefined
}

const whole = '\\d{1,9}'
const decimal = '\\d+(?:\\.\\d+)?(?:e-\\d+)?'
const chord = '(?:-|[A-G][#b]?m?)'

/** Roots that plans spell with a flat. */
const sharps: Readonly<Record<string, string>> = {
  'C#': 'Db',
  'D#': 'Eb',
  'F#': 'Gb',
  'G#': 'Ab',
  'A#': 'Bb'
}

/** A chord by its text; `undefined` if it is none. */
function readChord(text: string): string | null | undefined {
  if (text === '-') return null
  const name = text.replace(/^[A-G]#/, root => sharps[root] ?? root)
  return chordIndex(name) === undefined ? undefined : name
}

type NumberName = 'steps' | 'notes' | 'velocity' | 'pitch' | 'duration'

function numberField(
  name: string,
  key: NumberName,
  range: { readonly values: string; readonly least?: number; readonly most?: number },
  expected: string
): ReadableField {
  const { values, least = 0, most = Number.MAX_VALUE } = range
  return {
    ...{ name, values, expected },
    read(text) {
      const value = Number(text)
      return value >= least && value <= most ? { [key]: value } : undefined
    },
    write: bar => (bar[key] === undefined ? undefined : String(bar[key]))
  }
}

const steps = numberField(
  'steps',
  'steps',
  { values: whole, least: 1 },
  'the length of the bar in sixteenths, such as "steps 13"'
)

/** The fields of a bar, in the order in which they are written. */
export const readableFields: readonly ReadableField[] = [
  { ...steps, write: bar => (bar.steps === stepsOfBar(bar) ? undefined : String(bar.steps)) },
  numberField('notes', 'notes', { values: whole }, 'the number of notes, such as "notes 12"'),
  numberField(
    'velocity',
    'velocity',
    { values: decimal, most: 127 },
    'a mean velocity from 0 to 127, such as "velocity 84"'
  ),
  numberField(
    'pitch',
    'pitch',
    { values: decimal, most: 127 },
    'a mean pitch from 0 to 127, such as "pitch 62.5"'
  ),
  numberField(
    'length',
    'duration',
    { values: decimal },
    'a mean length in quarter notes, such as "length 0.75"'
  ),
  {
    name: 'chords',
    values: `${chord} ${chord}`,
    expected: 'two major or minor triads, - for none, such as "chords C Am"',
    read(values) {
      const [first, second] = values.split(' ').map(readChord)
      return first === undefined || second === undefined ? undefined : { chords: [first, second] }
    },
    write: ({ chords }) => chords?.map(name => name ?? '-').join(' ')
  },
  {
    name: 'programs',
    values: '(?:-|\\d{1,3}(?: \\d{1,3})*)',
    expected: 'ascending MIDI programs from 0 to 127, - for none, such as "programs 0 32"',
    read(values) {
      const programs = values === '-' ? [] : values.split(' ').map(Number)
      const fits = programs.every((program, at) => program <= 127 && program > (programs[at - 1] ?? -1))
      return fits ? { programs } : undefined
    },
    write: ({ programs }) => programs && (programs.length === 0 ? '-' : programs.join(' '))
  },
  {
    name: 'returns',
    values: `(?:new|(?:exact|varied) ${whole})`,
    expected: '"returns new", or how many bars ago the bar was that comes back, such as "returns exact 8"',
    read(values) {
      const [how, bars] = values.split(' ')
      if (how === 'new') return { returns: null }
      return Number(bars) > 0
        ? { returns: { bars: Number(bars), how: how === 'exact' ? how : 'varied' } }
        : undefined
    },
    write: ({ returns }) => (returns === null ? 'new' : returns && `${returns.how} ${returns.bars}`)
  }
]

/**
 * The grammar of a bar in the text of a plan: these fields, each at most once and in any order, after the bar's number and its
 * metre, which may be left out like every field.
 */
export const planFields: readonly PlanField[] = Object.freeze(
  readableFields.map(({ name, values, expected }) => Object.freeze({ name, values, expected }))
)
