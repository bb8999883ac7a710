/** How long work may go on before a page gets to draw and to listen, in milliseconds. */
const longestTask = 12

/** Lets timers, drawing and input have their turn. Unlike a timer, it takes no time where nothing else waits. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}

/** Breaks in long work, so that it never blocks a page or a signal. */
export class Breaks {
  private start = performance.now()

  constructor(private readonly signal: AbortSignal | undefined) {
    signal?.throwIfAborted()
  }

  /** Whether the work has gone on for so long that it should {@link take} a break. */
  get isDue(): boolean {
    return performance.now() - this.start >= longestTask
  }

  /** @throws the signal's reason, if it was aborted meanwhile. */
  async take(): Promise<void> {
    await nextTask()
    this.signal?.throwIfAborted()
    this.start = performance.now()
  }
}
