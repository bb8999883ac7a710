import { vocabulary } from '@vgm/encoding'
import { type Model, stepFunction, stepSpecs, weightsInOrder } from '@vgm/mlstm'
import { toOnnx } from '@vgm/tfjs-onnx'

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

/** One time step of a model as an ONNX file: weights inside, any number of rows. */
export function writeStep(model: Model): Uint8Array {
  return toOnnx(stepFunction, stepSpecs(model.config, 'batch'), {
    ...stepNames,
    constants: weightsInOrder(model.config, model.weights),
    metadata: describe(model)
  })
}
