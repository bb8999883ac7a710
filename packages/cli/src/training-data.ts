import { augment, augmentationTempoFactors, encode } from '@vgm/encoding'
import type { TrainingData } from '@vgm/mlstm'
import type { Piece } from './music.js'

/** How {@link augmentedData} varies pieces, for a model's provenance. */
export function augmentationText(semitones: number): string {
  return `transposed by −${semitones} to +${semitones} semitones, tempo × 0.95 to 1.05, anew per epoch`
}

/** The pieces as they are. */
export function plainData(pieces: readonly Piece[]): TrainingData {
  return { size: pieces.length, piece: index => pieces[index]!.ids }
}

/** The pieces, each transposed and stretched by chance whenever it is asked for. */
export function augmentedData(pieces: readonly Piece[], largest: number): TrainingData {
  return {
    size: pieces.length,
    piece(index, random) {
      const semitones = random.below(2 * largest + 1) - largest
      const tempoFactor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
      return encode(augment(pieces[index]!.score, { semitones, tempoFactor }))
    }
  }
}
