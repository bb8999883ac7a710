import { VgmError } from '@vgm/base'

/** A function that does something which no graph can hold, or returns something other than tensors. */
export class TraceError extends VgmError {
  override readonly name = 'TraceError'

  constructor(problem: string, options?: ErrorOptions) {
    super('TRACE', problem, { caller: 'trace', ...options })
  }
}

/** The traced function asked for a tensor's numbers, which do not exist before the graph runs. */
export class ValueAskedError extends VgmError {
  override readonly name = 'ValueAskedError'

  constructor(
    /** The ONNX operator that would compute the value, or `input`. */
    readonly op: string,
    what: string
  ) {
    super(
      'VALUE_ASKED',
      `the function asks for the numbers of ${what}, but while it is traced nothing is computed: ` +
        'leave out dataSync, arraySync, print and decisions that depend on them',
      { caller: 'trace' }
    )
  }
}

/** A tfjs kernel that no translation is registered for. */
export class NoTranslationError extends VgmError {
  override readonly name = 'NoTranslationError'

  constructor(
    readonly kernelName: string,
    options?: ErrorOptions
  ) {
    super(
      'NO_TRANSLATION',
      `no translation for tfjs's kernel '${kernelName}': ` +
        `add one with registerTranslation('${kernelName}', ({ inputs, attributes, graph }) => …)`,
      { caller: 'trace', ...options }
    )
  }
}

/** A kernel that is used in a way that its translation does not support. */
export class CannotTranslateError extends VgmError {
  override readonly name = 'CannotTranslateError'

  constructor(
    readonly kernelName: string,
    problem: string
  ) {
    super('CANNOT_TRANSLATE', `${kernelName}: ${problem}`, { caller: 'trace' })
  }
}

/** A function whose graph is not the same for every length of its open axes. */
export class BatchError extends VgmError {
  override readonly name = 'BatchError'

  constructor(
    /** The ONNX operator at which it shows. */
    readonly op: string,
    problem: string,
    /** The names of the open axes. */
    readonly axes: readonly string[]
  ) {
    super('BATCH', `${op}: ${problem} the length of ${axes.map(axis => `'${axis}'`).join(' or ')}`, {
      caller: 'toOnnx'
    })
  }
}

/** ONNX Runtime is missing or failed. */
export class RuntimeError extends VgmError {
  override readonly name = 'RuntimeError'

  constructor(caller: 'onnxEngine' | 'compile' | 'run', problem: string, options?: ErrorOptions) {
    super('RUNTIME', problem, { caller, ...options })
  }
}

/** A handle or a program that is used after it was disposed. */
export class DisposedError extends VgmError {
  override readonly name = 'DisposedError'

  constructor(
    caller: 'run' | 'read',
    /** Such as `input 0` or `the program`. */
    readonly what: string
  ) {
    super('DISPOSED', `${what} has been disposed`, { caller })
  }
}
