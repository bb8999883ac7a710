import { getBackend, ready, setBackend } from '@tensorflow/tfjs-core'
import { BackendError } from '../errors.js'
import { EagerHost } from './eager-host.js'
import { compileEager } from './eager-program.js'
import type { Engine } from './types.js'

let lastStart: Promise<unknown> = Promise.resolve()

/** Starts backends one after another: tfjs gives one up when the next begins to start. */
function startInTurn(start: () => Promise<string>): Promise<string> {
  const started = lastStart.then(start)
  lastStart = started.catch(() => {})
  return started
}

async function startBackend(name: string): Promise<string> {
  const isStarted = await setBackend(name).catch(() => false)
  if (isStarted) return name
  throw new BackendError(name, `tfjs has no working backend '${name}': import its package first`)
}

async function startDefaultBackend(): Promise<string> {
  await ready().catch((cause: unknown) => {
    const message = 'tfjs has no backend: import one first, for example @tensorflow/tfjs-backend-wasm'
    throw new BackendError('none', message, { cause })
  })
  return getBackend()
}

/**
 * An engine that runs functions op by op on a tfjs backend.
 *
 * @param backend A registered backend's name; by default the one that tfjs has set.
 * @throws {BackendError} if no such backend is registered or it does not start.
 */
export async function eager(backend?: string): Promise<Engine> {
  const name = await startInTurn(() =>
    backend === undefined ? startDefaultBackend() : startBackend(backend)
  )
  const host = new EagerHost(name)
  return {
    name: `tfjs-${name}`,
    compile: (fn, specs, { constants = [] } = {}) => compileEager(host, fn, specs, constants),
    alive: () => ({ ...host.alive })
  }
}
