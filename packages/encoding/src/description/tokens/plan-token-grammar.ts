import { GrammarError, UnknownIdError } from '../../errors.js'
import type { Constraint } from '../../tokenizer.js'
import { endId, firstIds, planTokenKinds, planVocabulary } from './plan-vocabulary.js'

/** Where a plan in the making stands. Immutable. */
export interface PlanTokenState {
  /** Tokens so far. */
  readonly length: number
  /** The number of the bar, 0 before the first. */
  readonly bar: number
  /** The index of the last token's kind among `planTokenKinds`; that of `End` after all of them. */
  readonly kind: number
  /** The last token. */
  readonly last: number
  /** How many tokens of this kind the bar has. */
  readonly count: number
}

const kinds = planTokenKinds.length
const start: PlanTokenState = Object.freeze({ length: 0, bar: 0, kind: kinds - 1, last: -1, count: 0 })
const isNeeded = (kind: number) => planTokenKinds[kind]!.times === 'one'

/** Fills the mask with 1 for each token that may come next, 0 for the others. */
function allow({ bar, kind, last, count }: PlanTokenState, mask: Uint8Array): void {
  mask.fill(0)
  if (kind === kinds) return
  const allowKind = (index: number, from = firstIds[index]!) => mask.fill(1, from, firstIds[index + 1])
  const { times } = planTokenKinds[kind]!
  if (times === 'pair' && count === 1) return void allowKind(kind)
  if (times === 'ascending') allowKind(kind, last + 1)
  for (let next = kind + 1; next < kinds; next++) {
    allowKind(next)
    if (isNeeded(next)) return
  }
  if (bar < planTokenKinds[0]!.values.length) mask[firstIds[0]! + bar] = 1
  mask[endId] = 1
}

function advance(state: PlanTokenState, id: number): PlanTokenState {
  const word = planVocabulary.words[id]
  if (word === undefined) {
    throw new UnknownIdError('planTokenGrammar.next', id, planVocabulary.size, state.length)
  }
  const mask = new Uint8Array(planVocabulary.size)
  allow(state, mask)
  if (mask[id] === 0)
    throw new GrammarError('planTokenGrammar.next', state.length, `${word} may not come here`, word)
  const kind = firstIds.findLastIndex(first => first <= id)
  return {
    length: state.length + 1,
    bar: state.bar + (kind === 0 ? 1 : 0),
    kind,
    last: id,
    count: kind === state.kind ? state.count + 1 : 1
  }
}

/** The grammar of {@link planTokens}: a sequence is allowed from its beginning to `End` exactly if it is a plan's. */
export const planTokenGrammar: Constraint<PlanTokenState> = Object.freeze({
  initial: () => start,
  next: advance,
  allowed: allow
})
