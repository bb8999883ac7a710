import type { TransformerModel } from '@vgm/transformer'
import { pick } from '../../flags/values.js'
import { readFrom } from '../../inputs/music.js'
import { openEngine } from '../../inputs/open-engine.js'
import { readBank, readPlan } from '../../inputs/plans.js'
import { withProgress } from '../../terminal/progress.js'
import { log } from '../../terminal/text.js'
import type { WrittenPiece } from '../../views/write-pieces.js'
import type { Composing } from './generate-options.js'

/** Composes to plans: those of a file, or of the model's bank. */
export async function composePlanned(
  model: TransformerModel,
  { flags, name, count, first, seed, signal }: Composing
): Promise<WrittenPiece[]> {
  const { openPlannedComposer } = await import('@vgm/composer')
  const plan = flags.plan === undefined ? undefined : await readPlan(flags.plan)
  const reading = { ...pick(flags, 'strict', 'maxBytes'), log }
  const prime = flags.prime === undefined ? undefined : await readFrom(flags.prime, reading, score => score)
  const plans = await readBank(name)
  const composer = await openPlannedComposer({ model, plans, engine: await openEngine(flags) })
  const pieces = await withProgress(
    'composing',
    ({ show }) =>
      composer.composeAll({
        ...{ count, first, seed, signal },
        ...pick(flags, 'bars', 'bestOf', 'guidance', 'tempo', 'transpose', 'temperature', 'topK', 'topP'),
        ...(plan && { plan }),
        ...(prime && { prime }),
        onProgress: show
      }),
    true
  )
  return pieces.map(({ score: _, plan: __, words, transposed, ...piece }) => ({
    ...piece,
    words: words.length,
    ...(transposed !== 0 && { transposed })
  }))
}
