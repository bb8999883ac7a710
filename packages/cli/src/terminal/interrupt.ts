import { InterruptedError } from './errors.js'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs `work` with a signal that the first Ctrl-C (or SIGTERM) aborts, so that it can end in order. The second one ends the
 * process at once.
 *
 * @throws {InterruptedError} where `work` throws the signal's reason, as `signal.throwIfAborted()` does.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  const abort = () => {
    if (signal.aborted) process.exit(130)
    controller.abort()
    // Whoever waits for standard input is not kept waiting.
    process.stdin.once('error', () => {}).destroy(signal.reason)
  }
  for (const name of signals) process.on(name, abort)
  try {
    return await work(signal).catch(whenStopped(signal, () => 'stopped; nothing was written'))
  } finally {
    for (const name of signals) process.off(name, abort)
  }
}

/** Handles an error of work that a signal ends: where it is the signal's reason, says what is left. */
export function whenStopped(signal: AbortSignal, message: () => string): (error: unknown) => never {
  return error => {
    if (!signal.aborted || error !== signal.reason) throw error
    throw new InterruptedError(message(), { cause: error })
  }
}
