/** A thread of its own for fitting, which takes minutes without a pause: elsewhere nobody would hear a Ctrl-C. */
import { parentPort, workerData } from 'node:worker_threads'
import type { FitMessage } from './fit-in-thread.js'
import { type FitTask, validateAndFit } from './validate-and-fit.js'

const tell = (message: FitMessage) => parentPort?.postMessage(message)
tell({ result: validateAndFit(workerData as FitTask, (share, note) => tell({ share, note })) })
