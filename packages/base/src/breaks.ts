/** How long work goes on before a page gets to draw and to listen, in milliseconds. */
const longestTask = 12

/** Lets timers, drawing and input have their turn. Takes no time where nothing waits, unlike a timer. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    const end = () => {
      port1.close()
      resolve()
    }
    port1.addEventListener('message', end, { once: true })
    port1.start()
    port2.postMessage(null)
  })
}

/** Breaks in long work, so that it never blocks a page or a signal. */
export class Breaks {
  #start = performance.now()

  constructor(readonly signal?: AbortSignal | undefined) {
    signal?.throwIfAborted()
  }

  /** Whether the work has gone on for so long, 12 ms, that it should {@link take} a break. */
  get isDue(): boolean {
    return performance.now() - this.#start >= longestTask
  }

  /**
   * Lets other tasks run.
   *
   * @throws the signal's reason, if it was aborted meanwhile.
   */
  async take(): Promise<void> {
    await nextTask()
    this.signal?.throwIfAborted()
    this.#start = performance.now()
  }
}
