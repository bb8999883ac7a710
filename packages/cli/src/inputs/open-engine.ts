import { type EngineChoice, onnxInstall, openEngine as open, PrecisionError } from '@vgm/composer/node'
import type { Engine } from '@vgm/nn'
import { UsageError } from '../terminal/errors.js'
import { log } from '../terminal/text.js'

/** What `--engine` and `--precision` say, and what ONNX Runtime would gain, for the hint where it is missing. */
interface EngineWish {
  readonly engine: EngineChoice
  readonly precision?: string
  readonly gain?: string
}

/**
 * An engine, loaded on demand. Where the choice is `auto`, a line on standard error says which one it is.
 *
 * @throws {EngineError} if it does not load.
 * @throws {UsageError} if the engine cannot compute in this precision.
 */
export async function openEngine({ engine: choice, precision, gain }: EngineWish): Promise<Engine> {
  const engine = await open(choice, { precision: precision === 'int8' ? 'int8' : 'f32' }).catch(
    (error: unknown) => {
      if (!(error instanceof PrecisionError)) throw error
      throw new UsageError(`--${error.problem.replace('needs engine', 'needs --engine')}`, { cause: error })
    }
  )
  const isSlow = gain !== undefined && !engine.name.startsWith('onnx')
  if (choice === 'auto') log(`engine: ${engine.name}${isSlow ? `; ${gain}: ${onnxInstall}` : ''}`)
  return engine
}
