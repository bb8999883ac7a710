import fc from 'fast-check'
import { closePiece, type GrammarState, grammar, vocabulary } from '../src/index.js'

/** Where the kinds of word begin and end in the vocabulary: notes, durations, velocities, tempos, `.` */
const kinds = [
  [0, 128],
  [128, 156],
  [156, 188],
  [188, 223],
  [223, 224]
] as const

/** The ids that may come next, kind by kind, without the end; kinds that have none are left out. */
function choices(state: GrammarState): number[][] {
  const mask = new Uint8Array(vocabulary.size)
  grammar.allowed(state, mask)
  return kinds
    .map(([first, end]) =>
      Array.from({ length: end - first }, (_, index) => first + index).filter(id => mask[id])
    )
    .filter(ids => ids.length > 0)
}

/**
 * Pieces drawn by a walk through the grammar's masks, every kind of word being equally likely, and so every step holds
 * a few notes and silences occur; ended where the draws run out.
 */
export const walks: fc.Arbitrary<Uint16Array> = fc
  .array(fc.tuple(fc.nat(999), fc.nat(999)), { minLength: 1, maxLength: 120 })
  .map(draws => {
    const ids: number[] = []
    let state = grammar.initial()
    const say = (kindDraw: number, draw: number) => {
      const options = choices(state)
      const kind = options[kindDraw % options.length]!
      const id = kind[draw % kind.length]!
      ids.push(id)
      state = grammar.next(state, id)
    }
    for (const [kindDraw, draw] of draws) say(kindDraw, draw)
    while (!ids.some(id => id < 128)) say(0, 60)
    return closePiece(ids)
  })
