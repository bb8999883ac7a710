import { GrammarError, UnknownIdError } from '../errors.js'
import type { Constraint } from '../tokenizer.js'
import { durationSteps } from './durations.js'
import { firstId, vocabulary } from './vocabulary.js'

/** The context that decides which words may come next. Immutable. */
export interface GrammarState {
  /** Words so far. */
  readonly length: number
  /** The kind of the last word; `'start'` before the first. */
  readonly last: 'start' | 'tempo' | 'velocity' | 'duration' | 'note' | 'step' | 'end'
  /** The ids said last, −1 before the first. */
  readonly tempo: number
  readonly velocity: number
  readonly duration: number
  /** The highest pitch of this step, −1 before its first note. */
  readonly pitch: number
  /** Time steps from the start of this one to the end of the last note; −1 if that lies behind or there is none. */
  readonly stepsLeft: number
}

const start: GrammarState = Object.freeze({
  length: 0,
  last: 'start',
  tempo: -1,
  velocity: -1,
  duration: -1,
  pitch: -1,
  stepsLeft: -1
})

/** The kinds of word that may come next. Within a kind, no velocity, duration or tempo may be said twice in a row. */
function permits({ last, velocity, duration, pitch, stepsLeft }: GrammarState) {
  const betweenNotes = last === 'step' || last === 'tempo' || last === 'note'
  const hasRoom = pitch < 127
  return {
    tempo: last === 'start' || last === 'step',
    velocity: betweenNotes && hasRoom,
    duration: (betweenNotes || last === 'velocity') && hasRoom && velocity >= 0,
    note: (betweenNotes || last === 'velocity' || last === 'duration') && hasRoom && duration >= 0,
    step: betweenNotes,
    end: last === 'step' && stepsLeft === 0
  }
}

/** Whether a word may come next. */
function isAllowed(state: GrammarState, id: number): boolean {
  const allowed = permits(state)
  if (id < firstId.duration) return allowed.note && id > state.pitch
  if (id < firstId.velocity) return allowed.duration && id !== state.duration
  if (id < firstId.tempo) return allowed.velocity && id !== state.velocity
  if (id < firstId.step) return allowed.tempo && id !== state.tempo
  return id === firstId.step ? allowed.step : allowed.end
}

/** Fills the mask with 1 for each word that may come next, 0 for the others. */
function allow(state: GrammarState, mask: Uint8Array): void {
  const allowed = permits(state)
  mask.fill(0)
  if (allowed.note) mask.fill(1, firstId.note + state.pitch + 1, firstId.duration)
  if (allowed.duration) mask.fill(1, firstId.duration, firstId.velocity)
  if (allowed.velocity) mask.fill(1, firstId.velocity, firstId.tempo)
  if (allowed.tempo) mask.fill(1, firstId.tempo, firstId.step)
  if (state.duration >= 0) mask[state.duration] = 0
  if (state.velocity >= 0) mask[state.velocity] = 0
  if (state.tempo >= 0) mask[state.tempo] = 0
  mask[firstId.step] = allowed.step ? 1 : 0
  mask[firstId.end] = allowed.end ? 1 : 0
}

/** The state after one more word. `caller` is the function that is called, for the errors. */
export function advanceFor(caller: string, state: GrammarState, id: number): GrammarState {
  const word = vocabulary.words[id]
  if (word === undefined) throw new UnknownIdError(caller, id, vocabulary.size, state.length)
  if (!isAllowed(state, id)) {
    const problem = `expected ${describeAllowed(state)}, got ${JSON.stringify(word)}`
    throw new GrammarError(caller, state.length, problem, word)
  }
  const length = state.length + 1
  if (id < firstId.duration) {
    const stepsLeft = Math.max(state.stepsLeft, durationSteps[state.duration - firstId.duration]!)
    return { ...state, length, last: 'note', pitch: id, stepsLeft }
  }
  if (id < firstId.velocity) return { ...state, length, last: 'duration', duration: id }
  if (id < firstId.tempo) return { ...state, length, last: 'velocity', velocity: id }
  if (id < firstId.step) return { ...state, length, last: 'tempo', tempo: id }
  if (id === firstId.end) return { ...state, length, last: 'end' }
  return { ...state, length, last: 'step', pitch: -1, stepsLeft: Math.max(state.stepsLeft - 1, -1) }
}

function describeAllowed(state: GrammarState): string {
  const allowed = permits(state)
  const another = (kind: string, id: number) => (id < 0 ? kind : `${kind} other than ${vocabulary.words[id]}`)
  const kinds = [
    allowed.tempo && another('t_', state.tempo),
    allowed.velocity && another('v_', state.velocity),
    allowed.duration && another('d_', state.duration),
    allowed.note && (state.pitch < 0 ? 'n_' : `n_ above ${state.pitch}`),
    allowed.step && '"."',
    allowed.end && '"\\n"'
  ].filter(kind => kind !== false)
  return kinds.length === 0 ? 'nothing after "\\n"' : kinds.join(' or ')
}

/** A sequence of words is allowed from its beginning to `\n` exactly if `encode` can produce it. States are immutable. */
export const grammar: Constraint<GrammarState> = Object.freeze({
  initial: () => start,
  next: (state: GrammarState, id: number) => advanceFor('grammar.next', state, id),
  allowed: allow
})
