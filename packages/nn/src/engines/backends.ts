/// <reference path="./optional-backends.d.ts" />
import { findBackendFactory } from '@tensorflow/tfjs-core'
import { BackendError } from '../errors.js'
import { eager } from './eager.js'
import type { Engine } from './types.js'

/** How a program's numbers are computed in Node. `auto` takes the first of `gpu`, `node`, `wasm`, `cpu` that loads. */
export type BackendChoice = Backend | 'auto'

/** A tfjs backend for Node. */
export type Backend = 'gpu' | 'node' | 'wasm' | 'cpu'

interface BackendPackage {
  readonly package: string
  /** The name under which it registers with tfjs. */
  readonly registers: string
  readonly about: string
  readonly install: string
}

/** The backends, the fastest in training first. For a single piece `wasm` composes faster than `node`. */
export const backendPackages: Readonly<Record<Backend, BackendPackage>> = {
  gpu: {
    package: '@tensorflow/tfjs-node-gpu',
    registers: 'tensorflow',
    about: 'native TensorFlow on an NVIDIA GPU',
    install: 'npm install @tensorflow/tfjs-node-gpu; Linux with CUDA 11.2 and cuDNN 8.1'
  },
  node: {
    package: '@tensorflow/tfjs-node',
    registers: 'tensorflow',
    about: 'native TensorFlow on the processor',
    install:
      'npm install @tensorflow/tfjs-node, then npm rebuild it with --build-addon-from-source if need be'
  },
  wasm: {
    package: '@tensorflow/tfjs-backend-wasm',
    registers: 'wasm',
    about: 'WebAssembly, one thread, nothing native',
    install: 'npm install @tensorflow/tfjs-backend-wasm'
  },
  cpu: {
    package: '@tensorflow/tfjs-backend-cpu',
    registers: 'cpu',
    about: 'plain JavaScript, slow',
    install: 'npm install @tensorflow/tfjs-backend-cpu'
  }
}

/** tfjs-node 4.22 calls `util.isNullOrUndefined`, which Node 23 removed: without it every operation throws. */
function restoreRemovedNodeFunctions(): void {
  const util = process.getBuiltinModule('node:util') as Record<string, unknown>
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined
}

async function importPackage(backend: Backend): Promise<void> {
  switch (backend) {
    case 'gpu':
      restoreRemovedNodeFunctions()
      await import('@tensorflow/tfjs-node-gpu')
      return
    case 'node':
      restoreRemovedNodeFunctions()
      await import('@tensorflow/tfjs-node')
      return
    case 'wasm':
      await import('@tensorflow/tfjs-backend-wasm')
      return
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu')
  }
}

async function load(backend: Backend): Promise<Engine> {
  const { package: name, registers, install } = backendPackages[backend]
  try {
    if (backend === 'gpu' || backend === 'node' || findBackendFactory(registers) === null)
      await importPackage(backend)
    return await eager(registers)
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    const missing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND' // import() and require()
    const reason = missing ? 'is not installed' : `does not load: ${firstLine(cause)}`
    throw new BackendError(backend, `backend '${backend}': ${name} ${reason} (${install})`, { cause })
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0]!
}

/**
 * An engine on the chosen backend, loaded on demand.
 *
 * @param choice Default `wasm`.
 * @throws {BackendError} saying what to install, if it does not load.
 */
export async function nodeEngine(choice: BackendChoice = 'wasm'): Promise<Engine> {
  if (choice !== 'auto') return load(choice)
  const failures: BackendError[] = []
  for (const backend of Object.keys(backendPackages) as Backend[]) {
    try {
      return await load(backend)
    } catch (error) {
      failures.push(error as BackendError)
    }
  }
  throw new BackendError('auto', `no backend loads:\n${failures.map(failure => failure.message).join('\n')}`)
}
