import type { Piece, ShortPieceError } from '@vgm/composer'
import { maxWords } from '@vgm/composer/defaults'
import type { MlstmModel } from '@vgm/mlstm'
import { pick } from '../../flags/values.js'
import { openEngine } from '../../inputs/open-engine.js'
import { withProgress } from '../../terminal/progress.js'
import { countNoun, log } from '../../terminal/text.js'
import type { FailedPiece, WrittenPiece } from '../../views/write-pieces.js'
import type { Composing } from './generate-options.js'

/** Composes word by word, plain or steered. */
export async function composeWords(
  model: MlstmModel,
  { flags, name, count, first, seed, signal }: Composing
): Promise<(WrittenPiece | FailedPiece)[]> {
  const { sentiment, words } = flags
  const { openComposer } = await import('@vgm/composer')
  const { readPiece } = await import('../../inputs/music.js')
  const { openSteering } = await import('../../inputs/steering-folder.js')
  const reading = { ...pick(flags, 'strict', 'maxBytes'), trimStart: true, log }
  const prime = flags.prime === undefined ? undefined : (await readPiece(flags.prime, reading)).ids
  const steered =
    sentiment === undefined ? undefined : await openSteering(sentiment, { ...flags, model, name })
  const composer = await openComposer({ model, engine: await openEngine(flags) })
  const isOpen = words === undefined
  const total = count * (words ?? maxWords)
  const pieces = await withProgress(
    'composing',
    ({ show }) =>
      composer.composeAll({
        ...{ count, first, seed, grammar: flags.grammar, signal },
        ...pick(flags, 'words', 'withoutPrime', 'transpose', 'temperature', 'topK', 'topP'),
        ...(prime && { prime }),
        ...(steered && { steering: steered.steering }),
        onProgress: progress => show(isOpen ? progress : { ...progress, total })
      }),
    isOpen
  )
  return pieces.map(writtenPiece)
}

/** A piece as it is written, or in the words of the command why it is too short to be one. */
function writtenPiece(piece: Piece | ShortPieceError): WrittenPiece | FailedPiece {
  if (!('code' in piece)) {
    const { score: _, words, ...content } = piece
    return { ...content, words: words.length }
  }
  const { notes, isEnded } = piece
  if (notes === 0) return { problem: 'no notes came out; allow more --words, or take another --seed' }
  const how = isEnded ? 'the model ended it' : 'it was cut'
  return { problem: `${how} after ${countNoun(notes, 'note')}; say how many --words, or take another --seed` }
}
