import { readFile } from 'node:fs/promises'
import { type ParseOptions, parseMidi, type Score } from '@vgm/encoding'
import { UnreadableScoreError } from '../errors.js'
import { fileProblem } from './file-problem.js'

/**
 * The music of a phrase or a piece.
 *
 * @param item What a loader yields, or anything with the path of a MIDI file.
 * @throws {UnreadableScoreError} naming the file; `cause` is what the file system or `parseMidi` says.
 */
export async function readScore(item: { readonly path: string }, options: ParseOptions = {}): Promise<Score> {
  try {
    return parseMidi(await readFile(item.path), options)
  } catch (error) {
    throw new UnreadableScoreError(item.path, fileProblem(error), { cause: error })
  }
}
