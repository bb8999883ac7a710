import { augment, augmentationSemitones, augmentationTempoFactors, encode } from '@vgm/encoding'
import type { TrainingData } from '@vgm/mlstm'
import type { Piece } from './music.js'

/** How {@link augmentedData} varies pieces, for a model's provenance. */
export const augmentationText = 'transposed by −4 to +4 semitones, tempo × 0.95 to 1.05, anew per epoch'

/** The pieces as they are. */
export function plainData(pieces: readonly Piece[]): TrainingData {
  return { size: pieces.length, piece: index => pieces[index]!.ids }
}

/** The pieces, each transposed and stretched by chance whenever it is asked for. */
export function augmentedData(pieces: readonly Piece[]): TrainingData {
  return {
    size: pieces.length,
    piece(index, random) {
      const semitones = augmentationSemitones[random.below(augmentationSemitones.length)]!
      const tempoFactor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
      return encode(augment(pieces[index]!.score, { semitones, tempoFactor }))
    }
  }
}
