import { backend, fill, findBackend, type Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { BackendError } from '../errors.js'
import { type Backend, backendPackages, nodeEngine } from './backends.js'

const missing = async (backend: Backend) =>
  nodeEngine(backend).then(
    () => undefined,
    (error: unknown) => error as BackendError
  )

test('several that are started at once are each the one that was asked for', async () => {
  const choices = ['wasm', 'cpu', 'wasm', 'cpu'] as const
  const engines = await Promise.all(choices.map(nodeEngine))
  expect(engines.map(({ name }) => name)).toEqual(choices.map(choice => `tfjs-${choice}`))
  const fn = (...[x]: Tensor[]) => [fill([1], backend() === findBackend('cpu') ? 1 : 2), x!]
  const spec = { shape: [1], dtype: 'float32' } as const
  const places = engines.map(async engine => {
    const program = await engine.compile(fn, [spec])
    const [place] = await program.run([new Float32Array(1)])
    return (await place!.read())[0]
  })
  expect(await Promise.all(places)).toEqual([2, 1, 2, 1])
})

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
    expect(error).toMatchObject({ code: 'BACKEND', backend })
    expect(error.message).toContain(`backend '${backend}': ${backendPackages[backend].package} `)
    expect(error.message).toContain(`npm install ${backendPackages[backend].package}`)
    expect(error.cause).toBeDefined()
  }
  if (gpu !== undefined) expect(gpu.message).toContain('CUDA 11.2 and cuDNN 8.1')
  const native = gpu === undefined || node === undefined
  expect((await nodeEngine('auto')).name).toBe(native ? 'tfjs-tensorflow' : 'tfjs-wasm')
})
