import { Worker } from 'node:worker_threads'
import type { FitResult, FitTask } from './validate-and-fit.js'

/** What the thread tells. */
export type FitMessage =
  | { readonly share: number; readonly note: string; readonly result?: never }
  | { readonly result: FitResult }

/** How a fit is watched. */
interface FitWatch {
  readonly signal: AbortSignal
  readonly onProgress: (share: number, note: string) => void
}

/**
 * `validateAndFit` in a thread of its own, which ends at once when the signal says so.
 *
 * @throws The signal's reason.
 */
export function fitInThread(task: FitTask, { signal, onProgress }: FitWatch): Promise<FitResult> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./fit-worker.js', import.meta.url), { workerData: task })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal.reason)
      void worker.terminate()
    }
    signal.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: FitMessage) => {
      if (message.result === undefined) onProgress(message.share, message.note)
      else resolve(message.result)
    })
    worker.on('error', reject)
    worker.on('exit', code => {
      signal.removeEventListener('abort', abort)
      reject(new Error(`internal: fitting ended with exit code ${code}`)) // has no effect after a result
    })
  })
}
