import { InterruptedError } from './errors.js'

const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs `work` with a signal that the first Ctrl-C (or SIGTERM) aborts, so that it can end in order. The second one ends the
 * process at once.
 *
 * @param left What is left after the first one, for the message.
 * @throws {InterruptedError} where `work` throws the signal's reason, as `signal.throwIfAborted()` does.
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  left = 'nothing was written'
): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  const abort = () => {
    if (signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const name of signals) process.on(name, abort)
  try {
    return await work(signal)
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error
    throw new InterruptedError(`stopped; ${left}`, { cause: error })
  } finally {
    for (const name of signals) process.off(name, abort)
  }
}
