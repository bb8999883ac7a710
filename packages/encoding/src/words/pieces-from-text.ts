import { EncodingError, GrammarError, NoNotesError, TextLineError, UnknownWordError } from '../errors.js'
import type { Score } from '../score/types.js'
import { decode } from './decode.js'
import { fromText } from './text.js'

/** A piece of a text. */
export interface TextPiece {
  readonly score: Score
  /** The end-of-piece id last. */
  readonly ids: Uint16Array
}

const longestQuote = 40

/**
 * The pieces of a text, one per line; blank lines are none. `strict` rejects what `encode` could not have written.
 *
 * @throws {TextLineError} naming the line, and the word that is at fault.
 */
export function piecesFromText(
  text: string,
  { strict = false }: { readonly strict?: boolean } = {}
): TextPiece[] {
  const pieces: TextPiece[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      pieces.push(readLine(line, strict))
    } catch (cause) {
      if (!(cause instanceof EncodingError)) throw cause
      const { word, problem } = faultOf(cause)
      throw new TextLineError('piecesFromText', index + 1, word, problem, { cause })
    }
  }
  return pieces
}

function readLine(line: string, strict: boolean): TextPiece {
  const ids = fromText(`${line}\n`)
  const score = decode(ids, { strict })
  if (score.notes.length === 0) throw new NoNotesError('decode')
  return { score, ids }
}

function faultOf(error: EncodingError): { readonly word?: number; readonly problem: string } {
  if (error instanceof UnknownWordError) {
    const { word, position = 0 } = error
    const quoted = JSON.stringify(word.length > longestQuote ? `${word.slice(0, longestQuote)}…` : word)
    return { word: position + 1, problem: `${quoted} is no word of the vocabulary` }
  }
  if (error instanceof GrammarError) return { word: error.position + 1, problem: error.fault }
  return { problem: error instanceof NoNotesError ? 'no notes' : error.problem }
}
