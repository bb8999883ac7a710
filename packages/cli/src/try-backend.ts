/** A process of its own for each backend that `vgm doctor` tries: what it prints and how it crashes stay here. */
import { square, type Tensor } from '@tensorflow/tfjs-core'
import { type Backend, nodeEngine } from '@vgm/mlstm/node'
import { problemOf } from './errors.js'

/** Whether the backend computes what it should. */
async function computes(backend: Backend): Promise<boolean> {
  const engine = await nodeEngine(backend)
  const program = await engine.compile((x: Tensor) => [square(x)], [{ shape: [2], dtype: 'float32' }])
  const [result] = await program.run([Float32Array.of(3, -4)])
  const values = await result!.read()
  return values[0] === 9 && values[1] === 16
}

const backend = process.argv[2] as Backend
try {
  process.send!((await computes(backend)) ? null : 'computes wrong numbers')
} catch (error) {
  process.send!(problemOf(error))
}
process.disconnect()
