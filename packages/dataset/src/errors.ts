/** The base of every error this package throws on bad input. `code` is stable; the message is for people. */
export class DatasetError extends Error {
  override readonly name: string = 'DatasetError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
