import { dirname } from 'node:path'
import { cellMeaning, csvRows } from './csv-rows.js'
import { fileOfRow } from './data-files.js'

/** A phrase with the sentiment that listeners gave it. */
export interface LabelledPhrase {
  /** The phrase's MIDI file. */
  readonly path: string
  /** The piece it is a phrase of, such as `piece21`. */
  readonly piece: string
  /** Valence: 1 is positive, −1 negative. */
  readonly sentiment: 1 | -1
}

const sentiments = { '-1': -1, '1': 1 } as const

/**
 * Phrases and their labels from a CSV file with the columns of VGMIDI 0.1: `label` (1 or −1), `id` (of the piece), `filepath`
 * (of the MIDI file, from the CSV file's folder on, with or without `.mid`). Others are passed over.
 *
 * @param expected What the file would be, for the error where it is not there.
 * @throws {MissingFileError} if the CSV file or a phrase's MIDI file is not there.
 * @throws {MissingColumnError | InvalidRowError | InvalidCellError} naming the file, the row and the column.
 */
export async function* labelledPhrases(
  file: string,
  expected = 'a CSV file of labels'
): AsyncGenerator<LabelledPhrase> {
  for (const row of await csvRows(file, ['label', 'id', 'filepath'], expected)) {
    const sentiment = cellMeaning(row, 'label', sentiments)
    const name = row.cells.filepath.replace(/(\.midi?)?$/i, extension => extension || '.mid')
    const path = await fileOfRow(row, 'filepath', dirname(file), name)
    yield { path, piece: row.cells.id, sentiment }
  }
}
