import { join } from 'node:path'
import { InvalidOptionError } from '@vgm/base'
import { InvalidCellError } from '../errors.js'
import { type CsvRow, cellMeaning, csvRows } from './csv-rows.js'
import { fileOfRow } from './data-files.js'
import { type Quadrant, quadrantOf } from './quadrant.js'
import { type LoadOptions, type SplitName, splitsOf } from './vgmidi.js'

/** Into how many slices the pieces of VGMIDI-4Q are cut. */
export type SliceCount = 1 | 2 | 4 | 8 | 16

/** A slice of a piece of VGMIDI-4Q with its emotion. */
export interface QuadrantPhrase {
  /** The slice's MIDI file. */
  readonly path: string
  /** The piece it is a slice of, such as `piece_8`. No piece is in both splits. */
  readonly piece: string
  readonly valence: 0 | 1
  readonly arousal: 0 | 1
  readonly quadrant: Quadrant
  readonly split: SplitName
  /** Into how many slices its piece is cut. */
  readonly slices: SliceCount
  /** The index of the slice, from 0. */
  readonly part: number
}

/** Options of {@link vgmidi4q}. */
export interface QuadrantOptions extends LoadOptions {
  /** Only the pieces' slices of this cut (default: all five cuts, as the papers train on; they hold the same music). */
  readonly slices?: SliceCount
}

const sliceCounts: readonly SliceCount[] = [1, 2, 4, 8, 16]
const highOrLow = { 0: 0, 1: 1 } as const
const columns = ['valence', 'arousal', 'id', 'part', 'filepath'] as const

/**
 * The slices of VGMIDI-4Q, in the order of its CSV files: 5,756 rows of 160 pieces to train on, 1,436 of 40 to test on.
 * Five files of `Goldeneye_Statue` are listed twice, with contradictory labels; both rows come.
 *
 * @param folder The data set's folder, which holds `vgmidi_bardo_train.csv`.
 * @throws {MissingFileError} if a CSV file or a slice's MIDI file is not there.
 * @throws {MissingColumnError | InvalidRowError | InvalidCellError} naming the file, the row and the column.
 * @source Ferreira, Lelis & Whitehead 2020; https://github.com/lucasnfe/bardo-composer
 */
export async function* vgmidi4q(
  folder: string,
  options: QuadrantOptions = {}
): AsyncGenerator<QuadrantPhrase> {
  const wanted = options.slices
  if (wanted !== undefined && !sliceCounts.includes(wanted)) {
    throw new InvalidOptionError('vgmidi4q', 'slices', `one of ${sliceCounts.join(', ')}`, wanted)
  }
  for (const split of splitsOf('vgmidi4q', options)) {
    const file = join(folder, `vgmidi_bardo_${split}.csv`)
    for (const row of await csvRows(file, columns, 'a CSV file of VGMIDI-4Q')) {
      const slices = slicesOf(row)
      if (wanted !== undefined && slices !== wanted) continue
      const valence = cellMeaning(row, 'valence', highOrLow)
      const arousal = cellMeaning(row, 'arousal', highOrLow)
      const path = await fileOfRow(row, 'filepath', folder, row.cells.filepath)
      const quadrant = quadrantOf(valence === 1, arousal === 1)
      yield { path, piece: row.cells.id, valence, arousal, quadrant, split, slices, part: partOf(row) }
    }
  }
}

function slicesOf({ file, row, cells }: CsvRow<'filepath'>): SliceCount {
  const count = Number(/(?:^|\/)split_(\d+)\//.exec(cells.filepath)?.[1])
  const slices = sliceCounts.find(known => known === count)
  if (slices !== undefined) return slices
  throw new InvalidCellError(
    file,
    row,
    'filepath',
    `a folder split_1, _2, _4, _8 or _16 in it`,
    cells.filepath
  )
}

function partOf({ file, row, cells }: CsvRow<'part'>): number {
  if (/^\d{1,9}$/.test(cells.part)) return Number(cells.part)
  throw new InvalidCellError(file, row, 'part', 'an integer of at least 0', cells.part)
}
