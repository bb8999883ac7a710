/** A process of its own for each engine that `vgm doctor` tries: what it prints and how it crashes stay here. */
import { square, type Tensor } from '@tensorflow/tfjs-core'
import { problemOf } from './errors.js'
import { type EngineChoice, openEngine } from './open-engine.js'

/** Whether the engine computes what it should. */
async function computes(choice: EngineChoice): Promise<boolean> {
  const engine = await openEngine(choice)
  const program = await engine.compile((x: Tensor) => [square(x)], [{ shape: [2], dtype: 'float32' }])
  const [result] = await program.run([Float32Array.of(3, -4)])
  const values = await result!.read()
  return values[0] === 9 && values[1] === 16
}

const choice = process.argv[2] as EngineChoice
try {
  process.send!((await computes(choice)) ? null : 'computes wrong numbers')
} catch (error) {
  process.send!(problemOf(error))
}
process.disconnect()
