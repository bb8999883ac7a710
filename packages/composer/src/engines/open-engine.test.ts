import { square, type Tensor } from '@tensorflow/tfjs-core'
import { listProviders } from '@vgm/tfjs-onnx'
import { expect, test } from 'vitest'
import { EngineError, PrecisionError } from './errors.js'
import { listHardware, openEngine } from './open-engine.js'

test.each([
  ['auto', 'onnxruntime-node'],
  ['onnx', 'onnxruntime-node'],
  ['cpu', 'tfjs-cpu']
] as const)('%s opens %s, which computes', async (choice, name) => {
  const engine = await openEngine(choice)
  expect(engine.name).toBe(name)
  const program = await engine.compile((x: Tensor) => [square(x)], [{ shape: [2], dtype: 'float32' }])
  const [result] = await program.run([Float32Array.of(3, -4)])
  expect([...(await result!.read())]).toEqual([9, 16])
  result!.dispose()
  program.dispose()
})

test('8 bits are for ONNX Runtime on the processor', async () => {
  expect((await openEngine('onnx', { precision: 'int8' })).name).toBe('onnxruntime-node int8')
  const refused = openEngine('onnx-webgpu', { precision: 'int8' })
  await expect(refused).rejects.toThrow(PrecisionError)
  await expect(refused).rejects.toThrow('precision int8 needs engine onnx, not onnx-webgpu')
})

test('hardware that ONNX Runtime has no code for is refused, saying what it needs', async () => {
  const providers = (await listProviders())!.map(({ name }) => name)
  expect(providers).toEqual(expect.arrayContaining(await listHardware()))
  const [name, needs] =
    process.platform === 'darwin' ? (['dml', 'Windows'] as const) : (['coreml', 'macOS'] as const)
  const refused = openEngine(`onnx-${name}`)
  await expect(refused).rejects.toThrow(EngineError)
  await expect(refused).rejects.toThrow(`engine 'onnx-${name}': ${name} needs ${needs}`)
})
