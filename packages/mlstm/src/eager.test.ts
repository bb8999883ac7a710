import { expect, test } from 'vitest'
import { eager } from './eager.js'
import { BackendError } from './errors.js'

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
