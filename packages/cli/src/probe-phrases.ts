import {
  drawPhrases,
  type Half,
  type LabelledPhrase,
  labelByTeacher,
  OneKindError,
  splitHalves,
  UndecidedTeacherError,
  type UnlabelledPhrase,
  type UnlabelledPiece
} from '@vgm/emotion'
import { decode } from '@vgm/encoding'
import { CommandError } from './errors.js'
import { labelOf } from './files.js'
import { readPieces } from './music.js'
import type { JudgeOptions, NamedJudge } from './open-judge.js'
import { noteOf, withProgress } from './progress.js'

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
  readonly phrases: readonly LabelledPhrase[]
  /** The labelled phrases of the other half. */
  readonly unseen?: readonly LabelledPhrase[]
  /** How many phrases the teacher judged, of which it labels some. */
  readonly judged?: number
}

/** What a teacher works with. Its engine is opened only if it reads states. */
export interface TeacherOptions extends JudgeOptions {
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
    const { openJudge } = await import('./open-judge.js')
    const judge = await openJudge(teacher, options)
    const pieces = await readUnlabelled(sources, options.signal)
    const drawn = drawPhrases(pieces, { count: perPiece, seed })
    if (drawn.length === 0) {
      throw new CommandError(`${sources.join(', ')}: no piece holds 4 bars with notes enough`)
    }
    return { phrases: await labelled(drawn, judge, options.signal), judged: drawn.length }
  }
  const { readPhrases } = await import('./read-phrases.js')
  const phrases = await readPhrases(sources)
  if (half === undefined) return { phrases }
  try {
    const { known, unseen } = splitHalves(phrases, half)
    return { phrases: known, unseen }
  } catch (error) {
    if (!(error instanceof OneKindError)) throw error
    throw new CommandError(`${sources.map(labelOf).join(', ')}, ${error.problem}`)
  }
}

/** The MIDI files of folders, as the model reads them: in steps and words. */
async function readUnlabelled(folders: readonly string[], signal: AbortSignal): Promise<UnlabelledPiece[]> {
  return withProgress({ title: 'reading' }, async ({ update, log }) => {
    const pieces: UnlabelledPiece[] = []
    for (const [index, folder] of folders.entries()) {
      const onFile = (done: number, total: number) => {
        signal.throwIfAborted()
        update((index + done / total) / folders.length, `${done} of ${total} pieces`)
      }
      for (const { file, ids } of await readPieces(folder, log, onFile)) {
        pieces.push({ piece: file, score: decode(ids) })
      }
    }
    return pieces
  })
}

async function labelled(
  phrases: readonly UnlabelledPhrase[],
  judge: NamedJudge,
  signal: AbortSignal
): Promise<LabelledPhrase[]> {
  try {
    return await withProgress({ title: 'judging' }, ({ update }) =>
      labelByTeacher(phrases, judge, {
        signal,
        onProgress: progress => update(progress.done / (progress.total ?? 1), noteOf(progress))
      })
    )
  } catch (error) {
    if (!(error instanceof UndecidedTeacherError)) throw error
    throw new CommandError(`${judge.name}: ${error.problem}`)
  }
}
