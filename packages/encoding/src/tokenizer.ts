/** A fixed, ordered list of words. */
export interface Vocabulary {
  readonly name: string
  /** Number of words, `V`. */
  readonly size: number
  /** The words; a word's index is its id. */
  readonly words: readonly string[]
  /** `sha256:` and the hex digest of the words joined by a space, so that a model can refuse another vocabulary. */
  readonly hash: string
  /**
   * The id of a word.
   *
   * @throws {UnknownWordError} if the word is not in the vocabulary.
   */
  idOf(word: string): number
}
