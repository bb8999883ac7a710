import { UnknownWordError } from '../errors.js'
import type { Vocabulary } from '../tokenizer.js'

const range = (length: number) => Array.from({ length }, (_, index) => index)

/** The note values, longest first; each comes with zero to three dots. */
export const durationTypes = ['breve', 'whole', 'half', 'quarter', 'eighth', '16th', '32nd'] as const

const groups = {
  note: range(128).map(pitch => `n_${pitch}`),
  duration: durationTypes.flatMap(type => range(4).map(dots => `d_${type}_${dots}`)),
  velocity: range(32).map(bin => `v_${(bin + 1) * 4}`),
  tempo: range(35).map(bin => `t_${(bin + 6) * 4}`)
}

const words: readonly string[] = Object.freeze([
  ...groups.note,
  ...groups.duration,
  ...groups.velocity,
  ...groups.tempo,
  '.',
  '\n'
])

/** Where each kind of word begins: `n_` at `note`, `d_` at `duration` and so on; `step` is `.`, `end` is `\n`. */
export const firstId = {
  note: 0,
  duration: 128,
  velocity: 156,
  tempo: 188,
  step: 223,
  end: 224
} as const

const ids: ReadonlyMap<string, number> = new Map(words.map((word, id) => [word, id]))

/**
 * The 225 words of the paper, in a fixed order: `n_0`…`n_127`, `d_breve_0`…`d_32nd_3`, `v_4`…`v_128`,
 * `t_24`…`t_160`, `.` (end of a time step) and a line feed (end of the piece).
 *
 * @source Ferreira & Whitehead 2019, §3.1
 */
export const vocabulary: Vocabulary = Object.freeze({
  name: 'vgm-225',
  size: words.length,
  words,
  hash: 'sha256:7dfbe7626227b66fc672074178b87a2287dcbec2152b4fa7a32d0922483f0e91',
  idOf(word: string): number {
    const id = ids.get(word)
    if (id === undefined) throw new UnknownWordError('idOf', word, 'vgm-225')
    return id
  }
})

/** The id of a word, or `undefined`; an undotted `d_whole` is read as `d_whole_0`, as in the paper's figure 1. */
export function findId(word: string): number | undefined {
  return ids.get(word) ?? (word.startsWith('d_') ? ids.get(`${word}_0`) : undefined)
}
