import { createHash } from 'node:crypto'
import { openShards, type ShardFolder } from '@vgm/dataset/node'
import { augment, augmentationTempoFactors, type EncodeOptions, encode } from '@vgm/encoding'
import type { ShardedData, TrainingData } from '@vgm/nn'
import { UsageError } from './errors.js'
import { nameOf } from './files.js'
import { type Piece, readPieces } from './music.js'
import type { MidiReading } from './read-midi.js'

/** What a model is trained on. */
export interface Music {
  /** Where it comes from, for the model's provenance. */
  readonly name: string
  readonly data: TrainingData | ShardedData
  /** Of all pieces, as they are. */
  readonly words: number
  /** Of the encoded pieces. */
  readonly digest: string
  /** In words, for the model's provenance. */
  readonly augmentation: string
  /** By how many semitones up or down pieces are transposed by chance, and stretched besides; `null`: neither. */
  readonly semitones: number | null
  readonly validation: { readonly pieces: readonly Uint16Array[]; readonly digest: string } | undefined
}

/** Which music to train on. */
export interface MusicChoice {
  /** A folder of MIDI files, or of shards that `vgm dataset encode` wrote. */
  readonly folder: string
  /** A folder of MIDI files. */
  readonly validation: string | undefined
  /** Semitones up or down; `null`: pieces as they are; `undefined`: the default. */
  readonly transpose: number | null | undefined
  /** How MIDI files are read and encoded. Empty bars before the first note are always left out. */
  readonly reading?: Omit<MidiReading, 'log'>
}

const defaultTranspose = 4

/**
 * Reads music to train on.
 *
 * @param warn Called with a line for each file that is skipped or repaired.
 * @throws {CommandError} if nothing can be read.
 * @throws {UsageError} if shards are to be augmented again.
 */
export async function readMusic(
  { folder, validation, transpose, reading: given }: MusicChoice,
  warn: (line: string) => void
): Promise<Music> {
  const reading = { ...given, trimStart: true }
  const shards = await openShards(folder)
  const heard = validation === undefined ? undefined : await readPieces(validation, warn, undefined, reading)
  const common = {
    name: nameOf(folder),
    validation: heard && { pieces: heard.map(({ ids }) => ids), digest: digestOf(heard) }
  }
  if (shards !== undefined) {
    if (typeof transpose === 'number') {
      throw new UsageError(`${folder}: shards hold their variants already; leave out --transpose`)
    }
    return { ...common, ...ofShards(shards) }
  }
  const pieces = await readPieces(folder, warn, undefined, reading)
  const semitones = transpose === undefined ? defaultTranspose : transpose
  return {
    ...common,
    data: semitones === null ? plainData(pieces) : augmentedData(pieces, semitones, reading),
    words: pieces.reduce((total, { ids }) => total + ids.length, 0),
    digest: digestOf(pieces),
    augmentation:
      semitones === null
        ? 'none'
        : `transposed by −${semitones} to +${semitones} semitones, tempo × 0.95 to 1.05, anew per epoch`,
    semitones
  }
}

function digestOf(pieces: readonly Piece[]): string {
  const hash = createHash('sha256')
  for (const { ids } of pieces) hash.update(ids)
  return hash.digest('hex')
}

function ofShards({ manifest, shards, size, words, shard }: ShardFolder) {
  const { transpositions, tempoFactors } = manifest
  return {
    data: { size, shards, shard },
    words,
    digest: createHash('sha256').update(JSON.stringify(manifest)).digest('hex'),
    augmentation: `every transposition of ${transpositions.join(', ')} semitones with every tempo × ${tempoFactors.join(', ')}`,
    semitones: null
  }
}

/** The pieces as they are. */
function plainData(pieces: readonly Piece[]): TrainingData {
  return { size: pieces.length, piece: index => pieces[index]!.ids }
}

/** The pieces, each transposed and stretched by chance whenever it is asked for. */
function augmentedData(pieces: readonly Piece[], largest: number, options: EncodeOptions): TrainingData {
  return {
    size: pieces.length,
    piece(index, random) {
      const semitones = random.below(2 * largest + 1) - largest
      const tempoFactor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
      return encode(augment(pieces[index]!.score, { semitones, tempoFactor }), options)
    }
  }
}
