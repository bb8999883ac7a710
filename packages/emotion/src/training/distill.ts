import { type Cancel, createRandom, type Random, requireInteger, type Watch } from '@vgm/base'
import { phrasesOf, type Score } from '@vgm/encoding'
import { TooFewPhrasesError, UndecidedTeacherError } from '../errors.js'
import type { Judge } from '../judge.js'
import { phraseBars } from '../piece.js'
import type { LabelledPhrase } from './phrases.js'

/** A phrase that nobody has labelled. */
export interface UnlabelledPhrase {
  readonly piece: string
  /** The bar that it begins with, from 1. */
  readonly bar: number
  readonly score: Score
}

/** Music without labels. */
export interface UnlabelledPiece {
  /** Its name, such as a file's. */
  readonly piece: string
  /** As the model reads it: `decode(encode(score))`. */
  readonly score: Score
}

/** How phrases are drawn. */
export interface PhraseDraw {
  /** At most so many of a piece. */
  readonly count: number
  readonly seed: number
}

/** So large a share is labelled negative, and as large a one positive; what is between them says little. */
const labelledShare = 1 / 3
/** The fewest phrases of which so large a share is one. */
const fewestPhrases = 3

/**
 * Draws phrases of four bars from pieces. The same seed draws the same phrases of the same pieces.
 *
 * @returns The phrases in the order of the pieces, and in their order within each; none of pieces without four bars of enough
 *   notes.
 */
export function drawPhrases(
  pieces: Iterable<UnlabelledPiece>,
  { count, seed }: PhraseDraw
): UnlabelledPhrase[] {
  requireInteger('drawPhrases', 'count', count, 1)
  const random = createRandom(seed)
  return Array.from(pieces).flatMap(({ piece, score }) =>
    draw(phrasesOf(score, { bars: phraseBars, hop: phraseBars }), count, random).map(phrase => ({
      piece,
      bar: phrase.bar + 1,
      score: phrase.score
    }))
  )
}

/** At most `count` of the items by chance, in their order. */
function draw<T>(items: readonly T[], count: number, random: Random): T[] {
  const rest = [...items.keys()]
  const drawn = Array.from({ length: Math.min(count, rest.length) }, () => {
    return rest.splice(random.below(rest.length), 1)[0]!
  })
  return drawn.sort((a, b) => a - b).map(index => items[index]!)
}

/**
 * Labels phrases as a teacher judges them: the third that it finds the most positive, and the third that it finds the most
 * negative. A probe of another kind that is fitted to them learns what the teacher knows.
 *
 * @returns First the negative phrases, then the positive ones, by rising probability.
 * @throws {TooFewPhrasesError} if there are fewer than three phrases.
 * @throws {UndecidedTeacherError} if the teacher does not tell the one third from the other.
 */
export async function labelByTeacher<T extends UnlabelledPhrase>(
  phrases: readonly T[],
  teacher: Pick<Judge, 'probabilities'>,
  watch: Cancel & Watch = {}
): Promise<(T & LabelledPhrase)[]> {
  const caller = 'labelByTeacher'
  const positive = await teacher.probabilities(
    phrases.map(({ score }) => score),
    watch
  )
  const judged = phrases.map((phrase, index) => ({ phrase, probability: positive[index]! }))
  judged.sort((a, b) => a.probability - b.probability)
  const count = Math.floor(judged.length * labelledShare)
  if (count === 0) throw new TooFewPhrasesError(caller, judged.length, fewestPhrases)
  const [low, high] = [judged.slice(0, count), judged.slice(judged.length - count)]
  if (low.at(-1)!.probability >= high[0]!.probability) throw new UndecidedTeacherError(caller, judged.length)
  return [
    ...low.map(({ phrase }) => ({ ...phrase, sentiment: -1 as const })),
    ...high.map(({ phrase }) => ({ ...phrase, sentiment: 1 as const }))
  ]
}
