import { InvalidOptionError } from './errors.js'

/** Throws unless every word is an id of the vocabulary. */
export function requireIds(option: string, ids: ArrayLike<number>, vocabularySize: number): void {
  for (let position = 0; position < ids.length; position++) {
    const id = ids[position]!
    if (Number.isInteger(id) && id >= 0 && id < vocabularySize) continue
    throw new InvalidOptionError(`${option}[${position}]`, `an id from 0 to ${vocabularySize - 1}`, id)
  }
}

/** Throws unless there is at least one word, and every word is an id of the vocabulary. */
export function requireWordIds(
  option: string,
  sequences: readonly ArrayLike<number>[],
  vocabularySize: number
): void {
  if (!sequences.some(sequence => sequence.length > 0))
    throw new InvalidOptionError(option, 'at least one word', 'none')
  for (const [index, ids] of sequences.entries()) requireIds(`${option}[${index}]`, ids, vocabularySize)
}
