import { matMul, relu, square, sum, type Tensor, type Tensor2D, valueAndGrads } from '@tensorflow/tfjs-core'
import '@vgm/tfjs-onnx/gradients'
import { compile } from '@vgm/tfjs-onnx'
import { expect, test } from 'vitest'

test('a function and its gradient give the same numbers in onnxruntime-web (rtol 1e-5)', {
  timeout: 60_000
}, async () => {
  const fn = (x: Tensor, w: Tensor) => {
    const loss = (weights: Tensor) => sum(square(relu(matMul(x as Tensor2D, weights as Tensor2D))))
    const { value, grads } = valueAndGrads(weights => loss(weights!) as never)([w])
    return [value as Tensor, ...grads]
  }
  const specs = [
    { shape: [5, 3], dtype: 'float32' as const },
    { shape: [3, 4], dtype: 'float32' as const }
  ]
  const x = Float32Array.from({ length: 15 }, (_, k) => Math.sin(k * k))
  const w = Float32Array.from({ length: 12 }, (_, k) => Math.cos(k * k))
  const results = await Promise.all(
    (['onnxruntime-node', 'onnxruntime-web'] as const).map(async runtime => {
      const program = await compile(fn, specs, { runtime })
      const handles = await program.run([x, w])
      const values = await Promise.all(handles.map(handle => handle.read()))
      program.dispose()
      return values.flatMap(value => [...value])
    })
  )
  const [native, web] = results as [number[], number[]]
  expect(native).toHaveLength(13)
  for (const [k, value] of native.entries()) {
    expect(Math.abs(web[k]! - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value) + 1e-6)
  }
})
