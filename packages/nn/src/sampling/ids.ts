import { InvalidOptionError } from '@vgm/base'

/** Throws unless every word is an id of the vocabulary. */
export function requireIds(
  caller: string,
  option: string,
  ids: ArrayLike<number>,
  vocabularySize: number
): void {
  for (let position = 0; position < ids.length; position++) {
    const id = ids[position]!
    if (Number.isInteger(id) && id >= 0 && id < vocabularySize) continue
    throw new InvalidOptionError(
      caller,
      `${option}[${position}]`,
      `an id from 0 to ${vocabularySize - 1}`,
      id
    )
  }
}

/** Throws unless there is at least one word, and every word is an id of the vocabulary. */
export function requireWordIds(
  caller: string,
  option: string,
  sequences: readonly ArrayLike<number>[],
  vocabularySize: number
): void {
  if (!sequences.some(sequence => sequence.length > 0))
    throw new InvalidOptionError(caller, option, 'at least one word', sequences, 'none')
  for (const [index, ids] of sequences.entries())
    requireIds(caller, `${option}[${index}]`, ids, vocabularySize)
}
