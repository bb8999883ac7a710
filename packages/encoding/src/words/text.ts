import { UnknownIdError, UnknownWordError } from '../errors.js'
import { findId, vocabulary } from './vocabulary.js'

/**
 * The words of ids.
 *
 * @throws {UnknownIdError} if a number is no id.
 */
export function toWords(ids: ArrayLike<number>): string[] {
  return wordsOf(ids, 'toWords')
}

function wordsOf(ids: ArrayLike<number>, caller: string): string[] {
  return Array.from(ids, (id, position) => {
    const word = vocabulary.words[id]
    if (word === undefined) throw new UnknownIdError(caller, id, vocabulary.size, position)
    return word
  })
}

function idsOf(words: readonly string[], caller: string): Uint16Array {
  return Uint16Array.from(words, (word, position) => {
    const id = findId(word)
    if (id === undefined) throw new UnknownWordError(caller, word, vocabulary.name, position)
    return id
  })
}

/**
 * The ids of words. An undotted duration is understood: `d_whole` is `d_whole_0`.
 *
 * @param words A list of words, or text as {@link fromText} takes it.
 * @throws {UnknownWordError} naming the first word that the vocabulary lacks, and its position.
 */
export function fromWords(words: readonly string[] | string): Uint16Array {
  return idsOf(typeof words === 'string' ? splitText(words) : words, 'fromWords')
}

/**
 * Ids as text: words separated by spaces, each piece on a line of its own, as its last word is the line feed.
 *
 * @throws {UnknownIdError} if a number is no id.
 */
export function toText(ids: ArrayLike<number>): string {
  return wordsOf(ids, 'toText').join(' ').replaceAll(' \n', '\n').replaceAll('\n ', '\n')
}

/**
 * The ids of a text: words separated by blanks; the end of a line is the word that ends a piece. The inverse of
 * {@link toText} for any ids.
 *
 * @throws {UnknownWordError} naming the first word that the vocabulary lacks, and its position.
 */
export function fromText(text: string): Uint16Array {
  return idsOf(splitText(text), 'fromText')
}

function splitText(text: string): string[] {
  return text.match(/\n|[^\s]+/g) ?? []
}
