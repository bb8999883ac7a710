import { vocabulary } from '@vgm/encoding'
import { type Model, stepConstants, stepFunction, stepSpecs } from '@vgm/mlstm'
import { toOnnx } from '@vgm/tfjs-onnx'
import { nameOf } from './files.js'
import type { OpenSteering } from './steering-folder.js'

/** The names by which a step's values are known outside. */
export const stepNames = { inputs: ['id', 'h', 'c'], outputs: ['logits', 'h_next', 'c_next'] } as const

/** What a file says of its model, so that nothing else is needed to compose with it; docs/export.md describes it. */
function describe({ config, license, metrics, provenance }: Model): Record<string, string> {
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

/** One time step of a model as an ONNX file: weights and steering inside, any number of rows. */
export function writeStep(model: Model, steered?: OpenSteering): Uint8Array {
  return toOnnx(stepFunction, stepSpecs(model.config, 'batch', steered?.steering.mode), {
    ...stepNames,
    constants: stepConstants(model, steered?.steering),
    metadata: {
      ...describe(model),
      ...(steered && { sentiment: nameOf(steered.sentiment), strength: `${steered.strength}` })
    }
  })
}
