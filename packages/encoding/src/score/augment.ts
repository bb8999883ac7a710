import { InvalidOptionError, requirePositive } from '@vgm/base'
import { percussionChannel } from './heard-notes.js'
import { compareNotes } from './note-order.js'
import type { Score } from './types.js'

/** The transpositions of the paper's augmentation: up to a major third, in semitones. */
export const augmentationSemitones: readonly number[] = Object.freeze([-4, -3, -2, -1, 0, 1, 2, 3, 4])

/** The stretches of the paper's augmentation: factors by which the tempo is multiplied. */
export const augmentationTempoFactors: readonly number[] = Object.freeze([0.95, 0.975, 1, 1.025, 1.05])

/** Options of {@link augment}. */
export interface AugmentOptions {
  /** Up (> 0) or down (< 0), an integer. Default 0. */
  readonly semitones?: number
  /** The tempo is multiplied by this; > 1 is faster. Default 1. */
  readonly tempoFactor?: number
}

/** One of the variants that {@link augmentations} yields. */
export interface Augmentation {
  readonly semitones: number
  readonly tempoFactor: number
  readonly score: Score
}

/**
 * The score with every pitch moved. A pitch that would leave 0–127 is folded back by octaves, so no note is lost.
 * Percussion (channel index 9) stays, as its pitches name instruments.
 *
 * @param semitones Up (> 0) or down (< 0), an integer.
 * @throws {InvalidOptionError} if `semitones` is no integer.
 */
export function transpose(score: Score, semitones: number): Score {
  if (!Number.isInteger(semitones)) {
    throw new InvalidOptionError('transpose', 'semitones', 'an integer', semitones)
  }
  if (semitones === 0) return score
  const notes = score.notes.map(note =>
    note.channel === percussionChannel ? note : { ...note, pitch: foldPitch(note.pitch + semitones) }
  )
  return { ...score, notes: notes.sort(compareNotes) }
}

function foldPitch(pitch: number): number {
  if (pitch < 0) return ((pitch % 12) + 12) % 12
  if (pitch > 127) return 127 - ((127 - (pitch % 12)) % 12)
  return pitch
}

/**
 * The score with every tempo multiplied; ticks stay.
 *
 * @param factor > 0; above 1 is faster.
 * @throws {InvalidOptionError} if `factor` is no positive finite number.
 */
export function stretch(score: Score, factor: number): Score {
  requirePositive('stretch', 'factor', factor)
  if (factor === 1) return score
  const tempos = score.tempos.map(({ tick, tempoBpm }) => ({ tick, tempoBpm: tempoBpm * factor }))
  return { ...score, tempos }
}

/**
 * {@link transpose} and {@link stretch} in one.
 *
 * @throws {InvalidOptionError} as they do.
 */
export function augment(score: Score, { semitones = 0, tempoFactor = 1 }: AugmentOptions): Score {
  return stretch(transpose(score, semitones), tempoFactor)
}

/**
 * The 45 variants of a score: every one of {@link augmentationSemitones} with every one of
 * {@link augmentationTempoFactors}, the score itself among them. Each is made when it is asked for.
 *
 * @source Ferreira & Whitehead 2019, §5; Oore et al. 2017
 */
export function* augmentations(score: Score): Generator<Augmentation, void, undefined> {
  for (const semitones of augmentationSemitones) {
    const transposed = transpose(score, semitones)
    for (const tempoFactor of augmentationTempoFactors) {
      yield { semitones, tempoFactor, score: stretch(transposed, tempoFactor) }
    }
  }
}
