const signals = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs `work` with a signal that the first Ctrl-C (or SIGTERM) aborts, so that it can end in order. The second one ends the
 * process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const abort = () => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  for (const signal of signals) process.on(signal, abort)
  try {
    return await work(controller.signal)
  } finally {
    for (const signal of signals) process.off(signal, abort)
  }
}
