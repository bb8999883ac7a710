/** A thread of its own for fitting, which takes minutes without a break: elsewhere no signal would be heard. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FitMessage } from './fit-in-thread.js'
import { type FitTask, validateAndFit } from './validate-and-fit.js'

const tell = (message: FitMessage) => parentPort?.postMessage(message)
tell({ result: validateAndFit(workerData as FitTask, { onProgress: progress => tell({ progress }) }) })
