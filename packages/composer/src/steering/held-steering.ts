import { InvalidOptionError } from '@vgm/base'
import { type MlstmConfig, mlstm, type Steering, steeringInputs } from '@vgm/mlstm'
import type { HeldInputs, Model, SequenceConfig } from '@vgm/nn'

/**
 * A steering as what the model is told while it composes.
 *
 * @param count How many pieces are composed side by side.
 * @throws {InvalidOptionError} if the model is not one that can be steered, or the steering does not fit it.
 * @throws {ShapeError} if there are not as many offsets as units, or as pieces and units.
 */
export function heldSteering(
  { architecture, config }: Model<SequenceConfig>,
  steering: Steering,
  count: number
): HeldInputs {
  if (architecture.format !== mlstm.format) {
    const expected = `a model of the architecture '${mlstm.format}'`
    throw new InvalidOptionError(undefined, 'steering', expected, architecture.format)
  }
  return steeringInputs(steering, config as MlstmConfig, count)
}
