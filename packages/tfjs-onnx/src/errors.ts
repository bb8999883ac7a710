/** What every error of this package is. */
export class TfjsOnnxError extends Error {
  override readonly name: string = 'TfjsOnnxError'

  constructor(
    /** Stable, for programs. */
    readonly code:
      | 'trace'
      | 'value-asked'
      | 'no-translation'
      | 'cannot-translate'
      | 'shape'
      | 'batch'
      | 'runtime'
      | 'disposed',
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options)
  }
}

/** A function that does something which no graph can hold, or gives something that is no tensor. */
export class TraceError extends TfjsOnnxError {
  override readonly name = 'TraceError'

  constructor(problem: string, options?: ErrorOptions) {
    super('trace', `trace: ${problem}`, options)
  }
}

/** The traced function asked for a tensor's numbers, which do not exist before the graph runs. */
export class ValueAskedError extends TfjsOnnxError {
  override readonly name = 'ValueAskedError'

  constructor(
    /** What would compute the value: an ONNX operator, or `input`. */
    readonly op: string,
    what: string
  ) {
    super(
      'value-asked',
      `trace: the function asks for the numbers of ${what}, but while it is traced nothing is computed: ` +
        'leave out dataSync, arraySync, print and decisions that depend on them'
    )
  }
}

/** A tfjs kernel that no translation is registered for. */
export class NoTranslationError extends TfjsOnnxError {
  override readonly name = 'NoTranslationError'

  constructor(
    readonly kernelName: string,
    options?: ErrorOptions
  ) {
    super(
      'no-translation',
      `trace: no translation for tfjs's kernel '${kernelName}': ` +
        `add one with registerTranslation('${kernelName}', ({ inputs, attributes, graph }) => …)`,
      options
    )
  }
}

/** A kernel that is used in a way its translation does not know. */
export class CannotTranslateError extends TfjsOnnxError {
  override readonly name = 'CannotTranslateError'

  constructor(
    readonly kernelName: string,
    problem: string
  ) {
    super('cannot-translate', `trace: ${kernelName}: ${problem}`)
  }
}

/** A function whose graph is not the same for every length of its open axes. */
export class BatchError extends TfjsOnnxError {
  override readonly name = 'BatchError'

  constructor(
    /** The ONNX operator at which it shows. */
    readonly op: string,
    problem: string,
    /** The names of the open axes. */
    readonly axes: readonly string[]
  ) {
    super('batch', `toOnnx: ${op}: ${problem} the length of ${axes.map(axis => `'${axis}'`).join(' or ')}`)
  }
}

/** A value that does not have the shape or type it was declared with. */
export class ShapeError extends TfjsOnnxError {
  override readonly name = 'ShapeError'

  constructor(
    readonly value: string,
    readonly expected: string,
    readonly received: string
  ) {
    super('shape', `${value} expected ${expected}, got ${received}`)
  }
}

/** ONNX Runtime is missing or failed. */
export class RuntimeError extends TfjsOnnxError {
  override readonly name = 'RuntimeError'

  constructor(message: string, options?: ErrorOptions) {
    super('runtime', message, options)
  }
}
