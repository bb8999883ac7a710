import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import { InvalidOptionError, type Random } from '@vgm/base'
import { augment, augmentationTempoFactors } from '@vgm/encoding'
import { openShards, type ShardFolder } from '../shards/open-shards.js'
import { type Piece, type ReadPiecesOptions, readPieces } from './read-pieces.js'

/** Pieces to learn from, as a trainer asks for them. */
export interface MusicData {
  /** The number of pieces. */
  readonly size: number
  /** The ids of a piece, varied by chance where the music is augmented. */
  piece(index: number, random: Random): ArrayLike<number>
}

/** Music to train a model on. */
export interface Music {
  /** The folder's name. */
  readonly name: string
  /** All pieces, or shards of them that are read one at a time. */
  readonly data: MusicData | Pick<ShardFolder, 'size' | 'shards' | 'shard'>
  /** The number of ids in all pieces, as they are. */
  readonly words: number
  /** Of the encoded pieces. */
  readonly digest: string
  /** How the pieces are varied, in words. */
  readonly augmentation: string
  /** By how many semitones up or down pieces are transposed by chance, and stretched besides; `null`: neither. */
  readonly semitones: number | null
  /** Pieces to validate on, as they are. */
  readonly validation: { readonly pieces: readonly Uint16Array[]; readonly digest: string } | undefined
}

/** Options of {@link readMusic}. */
export interface ReadMusicOptions extends ReadPiecesOptions {
  /** A folder of MIDI files to validate on. */
  readonly validation?: string | undefined
  /**
   * By how many semitones up or down each piece is transposed by chance whenever it is asked for, and stretched besides;
   * `null`: pieces as they are. Default 4; shards hold their variants already.
   */
  readonly transpose?: number | null | undefined
}

const defaultTranspose = 4

/**
 * Reads music to train on: a folder of MIDI files, or of shards that `encodeShards` wrote. Empty bars before the first note are
 * left out.
 *
 * @throws {InvalidOptionError} if shards are to be transposed again.
 * @throws {NoMidiFilesError} if a folder holds no music.
 * @throws {NothingReadError} if none of a folder's files can be read.
 * @throws {ShardFolderError} if shards are damaged, or not all of them are written.
 * @throws {NodeJS.ErrnoException} if a folder cannot be read.
 */
export async function readMusic(
  folder: string,
  { validation, transpose, ...given }: ReadMusicOptions
): Promise<Music> {
  const options = { ...given, reading: { ...given.reading, trimStart: true } }
  const shards = await openShards(folder)
  const heard = validation === undefined ? undefined : await readPieces(validation, options)
  const common = {
    name: basename(join(folder)),
    validation: heard && { pieces: heard.map(({ ids }) => ids), digest: digestOf(heard) }
  }
  if (shards !== undefined) {
    if (typeof transpose === 'number') {
      const expected = 'none, as shards hold their variants already'
      throw new InvalidOptionError('readMusic', 'transpose', expected, transpose)
    }
    return { ...common, ...ofShards(shards) }
  }
  const pieces = await readPieces(folder, options)
  const semitones = transpose === undefined ? defaultTranspose : transpose
  return {
    ...common,
    data: semitones === null ? plainData(pieces) : augmentedData(pieces, semitones, options),
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

function plainData(pieces: readonly Piece[]): MusicData {
  return { size: pieces.length, piece: index => pieces[index]!.ids }
}

/** The pieces, each transposed and stretched by chance whenever it is asked for. */
function augmentedData(
  pieces: readonly Piece[],
  largest: number,
  { tokenizer, reading }: ReadPiecesOptions
): MusicData {
  return {
    size: pieces.length,
    piece(index, random) {
      const semitones = random.below(2 * largest + 1) - largest
      const tempoFactor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
      return tokenizer.encode(augment(pieces[index]!.score, { semitones, tempoFactor }), reading)
    }
  }
}
