import { vocabulary } from '@vgm/encoding'
import { type MlstmModel, steeringInputs } from '@vgm/mlstm'
import { stepFunction, stepMetadata } from '@vgm/nn'
import { toOnnx } from '@vgm/tfjs-onnx'
import { nameOf } from '../terminal/files.js'
import type { OpenSteering } from './steering-folder.js'

/** An ONNX file, and the names of what it takes and gives. */
export interface StepFile {
  readonly bytes: Uint8Array
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** One time step of a model as an ONNX file: weights and steering inside, any number of rows. */
export function writeStep(model: MlstmModel, steered?: OpenSteering): StepFile {
  const held = steered === undefined ? {} : steeringInputs(steered.steering, model.config)
  const { fn, specs, ...names } = stepFunction(model, 'batch', held)
  const about = stepMetadata(model, { words: vocabulary.words, endOfPiece: vocabulary.idOf('\n') })
  const steering = steered && { sentiment: nameOf(steered.sentiment), strength: `${steered.strength}` }
  return { ...names, bytes: toOnnx(fn, specs, { ...names, metadata: { ...about, ...steering } }) }
}
