import { decode, phrasesOf } from '@vgm/encoding'
import { createRandom, type Random } from '@vgm/mlstm'
import { CommandError } from './errors.js'
import type { Judge } from './judge.js'
import { readPieces } from './music.js'
import type { Progress } from './progress.js'
import type { Phrase } from './sentiment-features.js'

/** A phrase of four bars, and what it is from. */
type UnlabelledPhrase = Omit<Phrase, 'sentiment'>

/** How phrases are drawn. */
export interface PhraseDraw {
  /** At most so many of a piece. */
  readonly perPiece: number
  readonly seed: number
  readonly signal: AbortSignal
}

const barsPerPhrase = 4

/** So large a share is labelled negative, and as large a one positive; what is between them says little. */
const labelledShare = 1 / 3

/**
 * Phrases of four bars, drawn from the MIDI files of folders, as the model reads them: in steps and words.
 *
 * @throws {CommandError} if a folder cannot be read, or no piece of any holds a phrase.
 */
export async function drawPhrases(
  folders: readonly string[],
  { perPiece, seed, signal }: PhraseDraw,
  progress: Progress
): Promise<UnlabelledPhrase[]> {
  const random = createRandom(seed)
  const phrases: UnlabelledPhrase[] = []
  for (const [index, folder] of folders.entries()) {
    const update = (done: number, total: number) => {
      signal.throwIfAborted()
      progress.update((index + done / total) / folders.length, `${done} of ${total} pieces`)
    }
    for (const { file, ids } of await readPieces(folder, progress.log, update)) {
      const all = phrasesOf(decode(ids), { bars: barsPerPhrase, hop: barsPerPhrase })
      for (const { score, bar } of draw(all, perPiece, random)) {
        phrases.push({ path: `${file}, bar ${bar + 1}`, piece: file, score })
      }
    }
  }
  if (phrases.length > 0) return phrases
  throw new CommandError(`${folders.join(', ')}: no piece holds ${barsPerPhrase} bars with notes enough`)
}

/** At most `count` of the items by chance, in their order. */
function draw<T>(items: readonly T[], count: number, random: Random): T[] {
  const rest = [...items.keys()]
  const drawn = Array.from({ length: Math.min(count, rest.length) }, () => {
    return rest.splice(random.below(rest.length), 1)[0] as number
  })
  return drawn.sort((a, b) => a - b).map(index => items[index] as T)
}

/**
 * Labels of a teacher: of the phrases, the third that it finds the most positive and the third that it finds the most
 * negative.
 *
 * @throws {CommandError} if the teacher does not tell the one third from the other.
 */
export async function labelByTeacher(
  phrases: readonly UnlabelledPhrase[],
  teacher: Judge,
  onProgress: (share: number, note: string) => void
): Promise<Phrase[]> {
  const positive = await teacher.probabilities(
    phrases.map(({ score }) => score),
    onProgress
  )
  const judged = phrases.map((phrase, index) => ({ phrase, probability: positive[index] as number }))
  judged.sort((a, b) => a.probability - b.probability)
  const count = Math.floor(judged.length * labelledShare)
  const [low, high] = [judged.slice(0, count), judged.slice(judged.length - count)]
  if (count === 0) throw new CommandError(`${judged.length} phrases are too few to learn from: 3 at least`)
  const [lowEnd, highEnd] = [low.at(-1)?.probability ?? 1, high[0]?.probability ?? 0]
  if (lowEnd >= highEnd) {
    throw new CommandError(
      `${teacher.name}: finds all ${judged.length} phrases alike, and so teaches nothing`
    )
  }
  return [
    ...low.map(({ phrase }) => ({ ...phrase, sentiment: -1 as const })),
    ...high.map(({ phrase }) => ({ ...phrase, sentiment: 1 as const }))
  ]
}
