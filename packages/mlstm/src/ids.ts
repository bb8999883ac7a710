import { InvalidOptionError } from './errors.js'

/** Throws unless there is at least one word, and every word is an id of the vocabulary. */
export function requireWordIds(
  option: string,
  sequences: readonly ArrayLike<number>[],
  vocabularySize: number
): void {
  if (!sequences.some(sequence => sequence.length > 0))
    throw new InvalidOptionError(option, 'at least one word', 'none')
  for (const [index, sequence] of sequences.entries()) {
    for (let position = 0; position < sequence.length; position++) {
      const id = sequence[position]!
      if (Number.isInteger(id) && id >= 0 && id < vocabularySize) continue
      throw new InvalidOptionError(
        `${option}[${index}][${position}]`,
        `an id from 0 to ${vocabularySize - 1}`,
        id
      )
    }
  }
}
