import { type ComposeAllOptions, openComposer, ShortPieceError } from '@vgm/composer'
import type { MlstmModel } from '@vgm/mlstm'
import type { Engine } from '@vgm/nn'
import { countNoun } from './text.js'
import type { FailedPiece, WrittenPiece } from './write-pieces.js'

/** Composes pieces, and says in the words of the command what is wrong with those that are too short. */
export async function composePieces(
  model: MlstmModel,
  engine: Engine,
  options: ComposeAllOptions
): Promise<(WrittenPiece | FailedPiece)[]> {
  const composer = await openComposer({ model, engine })
  const pieces = await composer.composeAll(options)
  return pieces.map(piece => {
    if (piece instanceof ShortPieceError) return { problem: problemOf(piece) }
    const { score: _, words, ...content } = piece
    return { ...content, words: words.length }
  })
}

function problemOf({ notes, isEnded }: ShortPieceError): string {
  if (notes === 0) return 'no notes came out; allow more --words, or take another --seed'
  const how = isEnded ? 'the model ended it' : 'it was cut'
  return `${how} after ${countNoun(notes, 'note')}; say how many --words, or take another --seed`
}
