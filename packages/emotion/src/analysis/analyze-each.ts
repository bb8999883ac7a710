import type { Cancel, Watch } from '@vgm/base'
import type { Score } from '@vgm/encoding'
import type { Judge } from '../judge.js'
import { type Piece, preparePiece } from '../piece.js'
import { judgeEach } from '../read.js'
import { type Analysis, analysisOf, type FileFacts, formOf } from './analysis.js'

/** A file that is ready to be judged. */
export interface PreparedFile {
  readonly piece: Piece
  readonly facts: FileFacts
}

/**
 * Prepares a file to be analyzed; with `withForm` its form is measured, too.
 *
 * @throws as {@link preparePiece}.
 */
export async function prepareFile(
  file: string,
  score: Score,
  { withForm = false, signal }: { readonly withForm?: boolean } & Cancel = {}
): Promise<PreparedFile> {
  return { piece: await preparePiece(score, { signal }), facts: { file, ...(withForm && formOf(score)) } }
}

/** What {@link analyzeEach} takes. */
export interface AnalyzeEachOptions extends Cancel, Watch {
  /** How many files there are, for the progress. */
  readonly total: number
}

/** Analyzes files in their order, many phrases at a time. */
export async function* analyzeEach(
  files: AsyncIterable<PreparedFile>,
  judge: Judge,
  { total, signal, onProgress }: AnalyzeEachOptions
): AsyncGenerator<Analysis, void, undefined> {
  let [read, judged] = [0, 0]
  async function* counted() {
    for await (const file of files) {
      read++
      yield file
    }
  }
  const report = (done: number) => onProgress?.({ phase: 'analyzing', done, total, unit: 'files' })
  const emotions = judgeEach(counted(), judge, {
    signal,
    onProgress: ({ done, total: all = done }) => report(judged + Math.floor((done / all) * (read - judged)))
  })
  for await (const { item, emotion } of emotions) {
    yield analysisOf(item.facts, emotion)
    judged = read
    report(judged)
  }
}
