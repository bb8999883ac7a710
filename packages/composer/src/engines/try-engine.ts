/** A process of its own for each engine that {@link probeEngines} tries: what it prints and how it crashes stay here. */
import { square, type Tensor } from '@tensorflow/tfjs-core'
import { VgmError } from '@vgm/base'
import { vocabulary } from '@vgm/encoding'
import { mlstm } from '@vgm/mlstm'
import { type Engine, loadModel, measureSpeed, openModel } from '@vgm/nn'
import { folder } from '@vgm/nn/node'
import { EngineError } from './errors.js'
import { type EngineChoice, type Hardware, listHardware, openEngine } from './open-engine.js'

/** What an engine's process finds out: it reports twice, before and after it has measured the speed. */
export interface EngineTrial {
  /** Why it does not work. */
  readonly problem?: string
  /** How long the model takes for a word of one piece, in milliseconds; absent if the model does not load. */
  readonly msPerWord?: number
  /** What else ONNX Runtime could compute on; with engine `onnx` only. */
  readonly hardware?: readonly Hardware[]
}

const report = (trial: EngineTrial) => process.send!(trial)

async function tryEngine(choice: EngineChoice, model: string): Promise<void> {
  const engine = await openEngine(choice)
  const program = await engine.compile((x: Tensor) => [square(x)], [{ shape: [2], dtype: 'float32' }])
  const [result] = await program.run([Float32Array.of(3, -4)])
  const values = await result!.read()
  if (values[0] !== 9 || values[1] !== 16) throw new EngineError(choice, 'computes wrong numbers')
  const works = choice === 'onnx' ? { hardware: await listHardware() } : {}
  report(works)
  const msPerWord = await speedOf(engine, model)
  if (msPerWord !== undefined) report({ ...works, msPerWord })
}

async function speedOf(engine: Engine, source: string): Promise<number | undefined> {
  const model = await loadModel(folder(source), { architectures: [mlstm], vocabulary }).catch(
    (error: unknown) => {
      if (error instanceof VgmError) return undefined
      throw error
    }
  )
  if (model === undefined) return undefined
  const opened = await openModel(model, { engine })
  return measureSpeed(opened, { endOfPiece: vocabulary.idOf('\n') })
}

const [choice, model] = process.argv.slice(2)
void tryEngine(choice as EngineChoice, model!)
  .catch((error: unknown) => {
    const problem = error instanceof VgmError ? error.problem : String(error)
    report({ problem: problem.replaceAll(/\s*\n\s*/g, ' ') })
  })
  .finally(() => process.disconnect())
