/** A process of its own for each engine that `vgm doctor` tries: what it prints and how it crashes stay here. */
import { square, type Tensor } from '@tensorflow/tfjs-core'
import { vocabulary } from '@vgm/encoding'
import { type Engine, measureSpeed, openModel } from '@vgm/nn'
import { type EngineChoice, type Hardware, listHardware, openEngine } from '../../inputs/open-engine.js'
import { readModel, shippedModel } from '../../inputs/open-model.js'
import { CommandError, problemOf } from '../../terminal/errors.js'

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
  const msPerWord = await speedOf(engine)
  if (msPerWord !== undefined) report({ ...works, msPerWord })
}

/** How long the shipped model takes for a word, in milliseconds; nothing if it is missing. */
async function speedOf(engine: Engine): Promise<number | undefined> {
  const model = await readModel(shippedModel).catch((error: unknown) => {
    if (error instanceof CommandError) return undefined
    throw error
  })
  if (model === undefined) return undefined
  const opened = await openModel(model, { engine })
  return measureSpeed(opened, { endOfPiece: vocabulary.idOf('\n') })
}

try {
  await tryEngine(process.argv[2] as EngineChoice)
} catch (error) {
  report({ problem: problemOf(error) })
}
process.disconnect()
