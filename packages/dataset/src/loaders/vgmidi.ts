import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidOptionError } from '@vgm/base'
import { MissingFileError } from '../errors.js'
import { type LabelledPhrase, labelledPhrases } from './labelled-phrases.js'

/** The part of a data set that a model learns from, or the one that it is judged by. */
export type SplitName = 'train' | 'test'

/** Options of the loaders. */
export interface LoadOptions {
  /** One split alone (default: both, train first). */
  readonly split?: SplitName
}

/** A phrase of VGMIDI 0.1 with the sentiment that listeners gave it. */
export interface SentimentPhrase extends LabelledPhrase {
  /** No piece is in both splits. */
  readonly split: SplitName
}

/** A piece without labels. */
export interface UnlabelledPiece {
  readonly path: string
  /** The file's name without `.mid`. */
  readonly piece: string
  readonly split: SplitName
}

const splits: readonly SplitName[] = ['train', 'test']

/** The splits that a loader goes through. */
export function splitsOf(caller: string, { split }: LoadOptions): readonly SplitName[] {
  if (split === undefined) return splits
  if (!splits.includes(split)) throw new InvalidOptionError(caller, 'split', '"train" or "test"', split)
  return [split]
}

/**
 * The labelled phrases of VGMIDI 0.1, in the order of its CSV files: 869 to train on, 97 to test on.
 *
 * @param folder The data set's folder, which holds `labelled/vgmidi_sent_train.csv`.
 * @throws {MissingFileError} if a CSV file or a phrase's MIDI file is not there.
 * @throws {MissingColumnError | InvalidRowError | InvalidCellError} naming the file, the row and the column.
 * @source Ferreira & Whitehead 2019, §4; https://github.com/lucasnfe/vgmidi, tag 0.1
 */
export async function* vgmidi(folder: string, options: LoadOptions = {}): AsyncGenerator<SentimentPhrase> {
  for (const split of splitsOf('vgmidi', options)) {
    const file = join(folder, 'labelled', `vgmidi_sent_${split}.csv`)
    for await (const phrase of labelledPhrases(file, 'a CSV file of VGMIDI 0.1')) yield { ...phrase, split }
  }
}

/**
 * The pieces without labels of VGMIDI 0.1, by name: 721 to train on, 99 to test on. The latter are the pieces that the
 * labelled phrases were cut from.
 *
 * @param folder The data set's folder, which holds `unlabelled/train`.
 * @throws {MissingFileError} if a split's folder is not there.
 * @source Ferreira & Whitehead 2019, §4; https://github.com/lucasnfe/vgmidi, tag 0.1
 */
export async function* vgmidiUnlabelled(
  folder: string,
  options: LoadOptions = {}
): AsyncGenerator<UnlabelledPiece> {
  for (const split of splitsOf('vgmidiUnlabelled', options)) {
    const pieces = join(folder, 'unlabelled', split)
    for (const name of await midiNames(pieces)) {
      yield { path: join(pieces, name), piece: name.replace(/\.midi?$/i, ''), split }
    }
  }
}

async function midiNames(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder)
    return names.filter(name => /\.midi?$/i.test(name)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new MissingFileError(folder, 'a folder of VGMIDI 0.1')
  }
}
