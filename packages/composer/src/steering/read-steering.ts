import { type MlstmConfig, type Steering, steeringFromJson } from '@vgm/mlstm'
import { type Model, modelDigest } from '@vgm/nn'

/**
 * Reads a steering for a model.
 *
 * @param text The JSON text of a steering file, such as those of `@vgm/pretrained`.
 * @param file What messages call the file.
 * @throws {ModelFormatError} if the text is damaged, or the steering is for another model.
 */
export async function readSteering(
  model: Model<MlstmConfig>,
  text: string,
  file = 'steering'
): Promise<Steering> {
  const { units } = model.config
  const expected = { units, model: await modelDigest(model) }
  return steeringFromJson(text, file, expected).steering
}
