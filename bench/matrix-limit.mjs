import { matMul } from '@tensorflow/tfjs-core'
import { compile } from '@vgm/tfjs-onnx'
import { median } from './measure.mjs'

/** Multiply-adds per word of the recurrent net's products: once forward, twice more backward. */
export function productsPerWord({ embedding, units, vocabularySize }) {
  return embedding * 5 * units + units * 5 * units + units * vocabularySize
}

/** Multiply-adds per second of one large product, `[rows, units] · [units, 4 · units]`: what the machine can do. */
export async function matrixLimit(rows, units, precision = 'f32', runs = 15) {
  const specs = [
    { shape: [units, 4 * units], dtype: 'float32' },
    { shape: [rows, units], dtype: 'float32' }
  ]
  const weights = new Float32Array(4 * units * units).map((_, k) => Math.sin(k))
  const program = await compile((b, a) => [matMul(a, b)], specs, { constants: [weights], precision })
  const left = new Float32Array(rows * units).map((_, k) => Math.cos(k))
  const seconds = []
  for (let run = -3; run < runs; run++) {
    const start = performance.now()
    const [product] = await program.run([left])
    if (run >= 0) seconds.push((performance.now() - start) / 1000)
    product.dispose()
  }
  program.dispose()
  return (rows * units * 4 * units) / median(seconds)
}
