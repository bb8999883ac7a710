import { VgmError } from '@vgm/base'
import { type Tokenizer, tokenizers } from '@vgm/encoding'
import type { Model } from '@vgm/nn'

/** How long bars of decoded scores are, in quarters: tokens know no time signature, so every bar is one of 4/4. */
const quartersPerBar = 4

/**
 * The tokenizer that a model was trained with.
 *
 * @throws {VgmError} `VOCABULARY`, if `@vgm/encoding` has none of the model's vocabulary.
 */
export function tokenizerOf(model: Pick<Model, 'vocabulary'>, caller: string): Tokenizer {
  const found = tokenizers.find(({ vocabulary }) => vocabulary.hash === model.vocabulary.hash)
  if (found !== undefined) return found
  const known = tokenizers.map(({ vocabulary }) => `'${vocabulary.name}'`).join(' or ')
  const problem = `expected a model of the vocabulary ${known}, got one of '${model.vocabulary.name}'`
  throw new VgmError('VOCABULARY', problem, { caller })
}

/** How long a bar is, in the ticks of decoded scores. */
export function barTicksOf({ ticksPerQuarter }: Tokenizer): number {
  return quartersPerBar * ticksPerQuarter
}

/** How far ids move time on, in the ticks of decoded scores. */
export function ticksOf(tokenizer: Tokenizer, ids: Uint16Array): number {
  return ids.reduce((ticks, id) => ticks + tokenizer.ticksOf(id), 0)
}

/** How many notes ids strike. */
export function countNotes(tokenizer: Tokenizer, ids: Uint16Array): number {
  return ids.reduce((notes, id) => notes + (tokenizer.isNote(id) ? 1 : 0), 0)
}
