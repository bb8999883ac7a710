import type { Random } from '@vgm/base'
import {
  augmentationTempoFactors,
  type EncodeOptions,
  type Score,
  stretch,
  type Tokenizer,
  transpose
} from '@vgm/encoding'
import {
  type ControlName,
  describe,
  type Plan,
  planControls,
  type TellOptions,
  toldBeside
} from '@vgm/encoding/description'
import type { ToldPiece, TrainingData } from '@vgm/nn'
import { toHomeKey } from './home-key.js'

/** How pieces are written for a planned model: lengths as a player means them. */
export const plannedEncoding: Pick<EncodeOptions, 'durations'> = { durations: 'written' }

/** The shares of a plan that a model in training is not told. */
const hiddenShares = { everything: 0.1, kind: 0.1, entry: 0.12 }

/** A piece in its home key, and its plan. */
interface PlannedPiece {
  readonly score: Score
  readonly plan: Plan
}

function plannedPiece(score: Score): PlannedPiece {
  const moved = transpose(score, toHomeKey(score))
  return { score: moved, plan: describe(moved) }
}

/**
 * What training leaves out of a plan, so that the model learns to do without: everything, a kind for a whole piece, or single
 * entries.
 */
function hiddenByChance(random: Random, bars: number): TellOptions {
  const all = random.next() < hiddenShares.everything
  const kinds = new Set(planControls.filter(() => random.next() < hiddenShares.kind).map(({ name }) => name))
  const entries = new Set<string>()
  for (let bar = 0; bar < bars; bar++) {
    for (const { name } of planControls) {
      if (random.next() < hiddenShares.entry) entries.add(`${bar} ${name}`)
    }
  }
  return {
    hides: (bar: number, name: ControlName) => all || kinds.has(name) || entries.has(`${bar} ${name}`)
  }
}

const told = (score: Score, plan: Plan, { encode }: Tokenizer, options?: TellOptions): ToldPiece => {
  const ids = encode(score, plannedEncoding)
  return { ids, inputs: { ...toldBeside(plan, ids, options) } }
}

/**
 * Pieces to train a planned model on: each in its home key, with its plan beside every word. Whenever it is asked for, its tempo is
 * stretched by chance, and parts of its plan are left out.
 *
 * @param scores Without empty bars before the first note.
 * @throws {NoNotesError} if a piece has no pitched note.
 */
export function plannedMusic(scores: readonly Score[], tokenizer: Tokenizer): TrainingData {
  const pieces = scores.map(plannedPiece)
  return {
    size: pieces.length,
    piece(index, random) {
      const { score, plan } = pieces[index]!
      const factor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
      return told(stretch(score, factor), plan, tokenizer, hiddenByChance(random, plan.bars.length))
    }
  }
}

/** The same pieces as they are, told all of their plans, or nothing: to measure a planned model. */
export function plannedPieces(
  scores: readonly Score[],
  tokenizer: Tokenizer,
  options?: TellOptions
): ToldPiece[] {
  return scores.map(plannedPiece).map(({ score, plan }) => told(score, plan, tokenizer, options))
}
