import { command } from '../../flags/command.js'
import { modelArgument } from '../../flags/options.js'
import { steerOptions } from './steer-flags.js'

const help = `
Examples:
  vgm steer my-model --target positive            writes my-model/steering/positive.json
  vgm steer my-model --target 0.8 --out mild.json --music music
  vgm steer my-model --target positive --method genetic --probe valence    the paper's search

A model needs a judge first: vgm probe my-model labels.csv --features descriptors makes the probe music.

The model composes pieces, and the probe judges them. Then a number is added to each unit of the model, step by step, until
the pieces are as positive as the target says: 1 is positive, 0 is negative. Leaving the ranges of real music (density,
silence, repetition, register, tempo, loudness) counts against a piece. The gradient moves all units at once and takes
minutes; the genetic search is that of the paper. vgm generate --sentiment composes with the result.`

/** `vgm steer`. */
export const steer = command({
  name: 'steer',
  description: 'Find what to add to the units of a model so that it composes positive or negative music.',
  arguments: [modelArgument],
  options: steerOptions,
  help,
  run: async (...given) => (await import('./steer-model.js')).steerModel(...given)
})
