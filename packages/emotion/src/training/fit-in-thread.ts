import { Worker } from 'node:worker_threads'
import type { Cancel, Progress, Watch } from '@vgm/base'
import type { FitResult, FitTask } from './validate-and-fit.js'

/** What the thread reports. */
export type FitMessage =
  | { readonly progress: Progress; readonly result?: never }
  | { readonly result: FitResult }

/**
 * `validateAndFit` in a thread of its own, which ends at once when the signal says so.
 *
 * @throws the signal's reason, and what `validateAndFit` throws.
 */
export async function fitInThread(
  task: FitTask,
  { signal, onProgress }: Cancel & Watch = {}
): Promise<FitResult> {
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./fit-worker.js', import.meta.url), { workerData: task })
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal?.reason)
      void worker.terminate()
    }
    signal?.addEventListener('abort', abort, { once: true })
    worker.on('message', (message: FitMessage) => {
      if (message.result === undefined) onProgress?.(message.progress)
      else resolve(message.result)
    })
    worker.on('error', reject)
    worker.on('exit', code => {
      signal?.removeEventListener('abort', abort)
      reject(new Error(`internal: fitting ended with exit code ${code}`)) // has no effect after a result
    })
  })
}
