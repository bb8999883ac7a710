/** A process of its own for each engine that `vgm doctor` tries: what it prints and how it crashes stay here. */
import { square, type Tensor } from '@tensorflow/tfjs-core'
import { CommandError, problemOf } from './errors.js'
import { measureSpeed } from './measure-speed.js'
import { type EngineChoice, type Hardware, listHardware, openEngine } from './open-engine.js'

/** What an engine's process finds out: it reports twice, before and after it has measured the speed. */
export interface EngineTrial {
  /** Why it does not work. */
  readonly problem?: string
  /** How long the shipped model takes for a word of one piece, in milliseconds; absent if the model is missing. */
  readonly msPerWord?: number
  /** What else ONNX Runtime could compute on; with engine `onnx` only. */
  readonly hardware?: readonly Hardware[]
}

const report = (trial: EngineTrial) => process.send!(trial)

async function tryEngine(choice: EngineChoice): Promise<void> {
  const engine = await openEngine(choice)
  const program = await engine.compile((x: Tensor) => [square(x)], [{ shape: [2], dtype: 'float32' }])
  const [result] = await program.run([Float32Array.of(3, -4)])
  const values = await result!.read()
  if (values[0] !== 9 || values[1] !== 16) throw new CommandError('computes wrong numbers')
  const works = choice === 'onnx' ? { hardware: await listHardware() } : {}
  report(works)
  const msPerWord = await measureSpeed(engine)
  if (msPerWord !== undefined) report({ ...works, msPerWord })
}

try {
  await tryEngine(process.argv[2] as EngineChoice)
} catch (error) {
  report({ problem: problemOf(error) })
}
process.disconnect()
