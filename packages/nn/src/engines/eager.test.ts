import { addN, findBackend, type KernelBackend, registerBackend, setBackend } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { BackendError } from '../errors.js'
import { eager } from './eager.js'

test('without a backend, the error says to import one; with one, eager takes it', async () => {
  await expect(eager()).rejects.toThrow(BackendError)
  await expect(eager()).rejects.toThrow('@tensorflow/tfjs-backend-')
  await expect(eager('cpu')).rejects.toThrow("tfjs has no working backend 'cpu': import its package first")
  await import('@tensorflow/tfjs-backend-cpu')
  expect((await eager()).name).toBe('tfjs-cpu')
  expect((await eager('cpu')).name).toBe('tfjs-cpu')
  await expect(eager('abacus')).rejects.toThrow(BackendError)
  expect((await eager()).name, 'after a failure').toBe('tfjs-cpu')
})

test('while another backend starts, a run waits; inputs that change or go meanwhile change nothing', async () => {
  const engine = await eager('cpu')
  const spec = { shape: [1], dtype: 'float32' } as const
  const program = await engine.compile((...[x, y, z]) => [addN([x!, y!, z!])], [spec, spec, spec], {
    constants: [Float32Array.of(100)]
  })
  const [handle] = await program.run([Float32Array.of(0), Float32Array.of(10)])
  const array = Float32Array.of(1)
  let start = (_: KernelBackend) => {}
  const started = new Promise<KernelBackend>(resolve => {
    start = resolve
  })
  registerBackend('slow', () => started)
  const isSet = setBackend('slow')
  const constants = [Float32Array.of(1000)]
  const compiled = engine.compile((...[x]) => [x!], [spec], { constants })
  const pending = program.run([handle!, array])
  array.fill(9)
  constants[0]!.fill(9)
  handle!.dispose()
  program.dispose()
  start(findBackend('cpu'))
  const [sum] = await pending
  expect(await sum!.read()).toEqual(Float32Array.of(211))
  const [constant] = await (await compiled).run([])
  expect(await constant!.read()).toEqual(Float32Array.of(1000))
  expect(await isSet).toBe(true)
  expect(engine.alive!()).toEqual({ programs: 1, handles: 2 })
  sum!.dispose()
  constant!.dispose()
  ;(await compiled).dispose()
  expect(engine.alive!()).toEqual({ programs: 0, handles: 0 })
})
