import { expect, test } from 'vitest'
import { type Backend, backendPackages, nodeEngine } from './backends.js'
import { BackendError } from './errors.js'

const missing = async (backend: Backend) =>
  nodeEngine(backend).then(
    () => undefined,
    (error: unknown) => error as BackendError
  )

test('the backend that is asked for is taken', async () => {
  expect((await nodeEngine('cpu')).name).toBe('tfjs-cpu')
  expect((await nodeEngine('wasm')).name).toBe('tfjs-wasm')
  expect((await nodeEngine('cpu')).name, 'again').toBe('tfjs-cpu')
  expect((await nodeEngine()).name, 'by default').toBe('tfjs-wasm')
})

test('one that is not there is refused with what to install, and auto takes the next that loads', async () => {
  const [gpu, node] = [await missing('gpu'), await missing('node')]
  for (const [backend, error] of [
    ['gpu', gpu],
    ['node', node]
  ] as const) {
    if (error === undefined) continue // installed on this machine
    expect(error).toBeInstanceOf(BackendError)
    expect(error).toMatchObject({ code: 'backend', backend })
    expect(error.message).toContain(`backend '${backend}': ${backendPackages[backend].package} `)
    expect(error.message).toContain(`npm install ${backendPackages[backend].package}`)
    expect(error.cause).toBeDefined()
  }
  if (gpu !== undefined) expect(gpu.message).toContain('CUDA 11.2 and cuDNN 8.1')
  const native = gpu === undefined || node === undefined
  expect((await nodeEngine('auto')).name).toBe(native ? 'tfjs-tensorflow' : 'tfjs-wasm')
})
