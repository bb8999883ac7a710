import { type MlstmConfig, type Steering, steeringInputs } from '@vgm/mlstm'
import { type Model, stepFunction, stepMetadata } from '@vgm/nn'
import { toOnnx } from '@vgm/tfjs-onnx'
import { tokenizerOf } from './tokenizer-of.js'

/** An ONNX file, and the names of what it takes and gives. */
export interface StepFile {
  readonly bytes: Uint8Array
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** A steering that is written into the file. */
export interface StepSteering {
  readonly steering: Steering
  /** What the file's metadata call it. */
  readonly name: string
  /** How much of it this is, for the metadata. */
  readonly strength: number
}

/** One time step of a model as an ONNX file: weights and steering inside, any number of rows. */
export function exportStep(model: Model<MlstmConfig>, steered?: StepSteering): StepFile {
  const held = steered === undefined ? {} : steeringInputs(steered.steering, model.config)
  const { fn, specs, ...names } = stepFunction(model, 'batch', held)
  const { vocabulary, endOfPiece } = tokenizerOf(model, 'exportStep')
  const about = stepMetadata(model, { words: vocabulary.words, endOfPiece })
  const steering = steered && { sentiment: steered.name, strength: `${steered.strength}` }
  return { ...names, bytes: toOnnx(fn, specs, { ...names, metadata: { ...about, ...steering } }) }
}
