import type { Engine, Model } from '@vgm/mlstm'
import type { Half } from './half.js'
import { withProgress } from './progress.js'
import type { Phrase } from './sentiment-features.js'

/** Where phrases to learn from come from: labelled ones, all or a half, or unlabelled music and a teacher. */
export interface ProbePhrasesChoice {
  readonly half?: Half
  /** The name or path of the probe whose judgement is learnt. */
  readonly teacher?: string
  /** At most so many phrases of a piece of unlabelled music. */
  readonly perPiece: number
  readonly seed: number
}

/** Phrases to learn from. */
export interface ProbePhrases {
  readonly phrases: readonly Phrase[]
  /** The labelled phrases of the other half. */
  readonly unseen?: readonly Phrase[]
  /** How many phrases the teacher judged, of which it labels some. */
  readonly judged?: number
}

/** What a teacher works with. */
export interface TeacherOptions {
  readonly model: Model
  readonly folder: string
  /** Called only once the teacher has been found, and only if it reads states. */
  readonly engine: () => Promise<Engine>
  readonly signal: AbortSignal
}

/**
 * The phrases that a probe is fitted to.
 *
 * @throws {CommandError} naming the file or folder that is missing or wrong.
 */
export async function probePhrases(
  sources: readonly string[],
  { half, teacher, perPiece, seed }: ProbePhrasesChoice,
  options: TeacherOptions
): Promise<ProbePhrases> {
  if (teacher !== undefined) {
    const [{ drawPhrases, labelByTeacher }, { openJudge }] = await Promise.all([
      import('./distill-sentiment.js'),
      import('./judge.js')
    ])
    const judge = await openJudge(teacher, options)
    const { signal } = options
    const drawn = await withProgress({ title: 'reading' }, progress =>
      drawPhrases(sources, { perPiece, seed, signal }, progress)
    )
    const phrases = await withProgress({ title: 'judging' }, ({ update }) =>
      labelByTeacher(drawn, judge, update)
    )
    return { phrases, judged: drawn.length }
  }
  const { readPhrases } = await import('./sentiment-features.js')
  const phrases = await readPhrases(sources)
  if (half === undefined) return { phrases }
  const { splitPieces } = await import('./split-pieces.js')
  const { known, unseen } = splitPieces(phrases, half, sources)
  return { phrases: known, unseen }
}
