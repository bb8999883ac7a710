import { renderMidi } from '@vgm/composer'
import { decode, fromText, GrammarError, NoNotesError, UnknownWordError } from '@vgm/encoding'
import { CommandError, isExpected, problemOf } from '../terminal/errors.js'
import type { WrittenPiece } from '../views/write-pieces.js'

const longestQuote = 40

/**
 * The pieces of a text, one per line; blank lines are none.
 *
 * @param label What messages call the text.
 * @param strict Refuse what `encode` could not have written.
 * @throws {CommandError} naming the line and the word that is at fault, both counted from 1.
 */
export function readPiecesOfText(text: string, label: string, strict: boolean): WrittenPiece[] {
  const pieces: WrittenPiece[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      pieces.push(readLine(line, strict))
    } catch (cause) {
      if (!isExpected(cause)) throw cause
      throw new CommandError(`${label}: line ${index + 1}${problemInLine(cause)}`, { cause })
    }
  }
  if (pieces.length === 0) throw new CommandError(`${label}: holds no words`)
  return pieces
}

function readLine(line: string, strict: boolean): WrittenPiece {
  const ids = fromText(`${line}\n`)
  const score = decode(ids, { strict })
  if (score.notes.length === 0) throw new NoNotesError('decode')
  return { ...renderMidi(score), words: ids.length }
}

function problemInLine(error: unknown): string {
  if (error instanceof UnknownWordError) {
    const { word, position = 0 } = error
    const quoted = JSON.stringify(word.length > longestQuote ? `${word.slice(0, longestQuote)}…` : word)
    return `, word ${position + 1}: ${quoted} is no word of the vocabulary`
  }
  if (error instanceof GrammarError) {
    return `, word ${error.position + 1}: ${problemOf(error).replace(/^word \d+: /, '')}`
  }
  return `: ${problemOf(error)}`
}
