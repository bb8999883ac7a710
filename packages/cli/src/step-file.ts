import { vocabulary } from '@vgm/encoding'
import { type MlstmModel, steeringInputs } from '@vgm/mlstm'
import { stepFunction } from '@vgm/nn'
import { toOnnx } from '@vgm/tfjs-onnx'
import { nameOf } from './files.js'
import type { OpenSteering } from './steering-folder.js'

/** What a file says of its model, so that nothing else is needed to compose with it; docs/export.md describes it. */
function describe({ config, license, metrics, provenance }: MlstmModel): Record<string, string> {
  return {
    format: 'vgm-mlstm-step',
    formatVersion: '1',
    units: `${config.units}`,
    endOfPiece: `${vocabulary.idOf('\n')}`,
    vocabulary: vocabulary.name,
    vocabularyHash: vocabulary.hash,
    words: JSON.stringify(vocabulary.words),
    license,
    metrics: JSON.stringify(metrics),
    provenance: JSON.stringify(provenance)
  }
}

/** An ONNX file, and the names of what it takes and gives. */
export interface StepFile {
  readonly bytes: Uint8Array
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** One time step of a model as an ONNX file: weights and steering inside, any number of rows. */
export function writeStep(model: MlstmModel, steered?: OpenSteering): StepFile {
  const held = steered === undefined ? {} : steeringInputs(steered.steering, model.config)
  const { fn, specs, inputs, outputs, constants } = stepFunction(model, 'batch', held)
  const bytes = toOnnx(fn, specs, {
    inputs,
    outputs,
    constants,
    metadata: {
      ...describe(model),
      ...(steered && { sentiment: nameOf(steered.sentiment), strength: `${steered.strength}` })
    }
  })
  return { bytes, inputs, outputs }
}
