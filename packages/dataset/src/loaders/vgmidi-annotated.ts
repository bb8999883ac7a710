import { join } from 'node:path'
import { InvalidCellError, MissingFileError } from '../errors.js'
import { type CsvRow, cellMeaning, csvRows } from './csv-rows.js'
import { fileOfRow, kindOfPath } from './data-files.js'
import { type Quadrant, quadrantOf } from './quadrant.js'

/** A phrase that the authors of VGMIDI 0.2 labelled, by the piece it was cut from. */
export interface AnnotatedPhrase {
  /** The MIDI file of the whole piece; the phrase itself is not in the data set as a file. */
  readonly path: string
  /** The piece's name: its file's without `.mid`. */
  readonly piece: string
  /** The index of the phrase in its piece, from 0. */
  readonly phrase: number
  readonly valence: 1 | -1
  readonly arousal: 1 | -1
  readonly quadrant: Quadrant
  /** The row's number in the authors' list. */
  readonly id: string
  readonly series: string
  readonly console: string
  readonly game: string
}

const columns = ['id', 'series', 'console', 'game', 'midi', 'valence', 'arousal'] as const
const signs = { '-1': -1, '1': 1 } as const

/** Folders of the pieces: in the authors' layout, and beside the CSV file. */
const midiFolders = [join('labelled', 'midi'), 'midi'] as const

/**
 * The 204 labelled phrases of VGMIDI 0.2, in the order of `vgmidi_labelled.csv`.
 *
 * @param folder The data set's folder, which holds `vgmidi_labelled.csv`, and the pieces in `labelled/midi` or `midi`.
 * @throws {MissingFileError} if the CSV file, the pieces' folder or a piece is not there.
 * @throws {MissingColumnError | InvalidRowError | InvalidCellError} naming the file, the row and the column.
 * @source https://github.com/lucasnfe/vgmidi, tag 0.2
 */
export async function* vgmidiAnnotated(folder: string): AsyncGenerator<AnnotatedPhrase> {
  const file = join(folder, 'vgmidi_labelled.csv')
  const rows = await csvRows(file, columns, 'the CSV file of VGMIDI 0.2')
  const pieces = await piecesFolder(folder)
  for (const row of rows) {
    const [piece, phrase] = phraseOf(row)
    const path = await fileOfRow(row, 'midi', pieces, `${piece}.mid`)
    const valence = cellMeaning(row, 'valence', signs)
    const arousal = cellMeaning(row, 'arousal', signs)
    const quadrant = quadrantOf(valence === 1, arousal === 1)
    const { id, series, console, game } = row.cells
    yield { path, piece, phrase, valence, arousal, quadrant, id, series, console, game }
  }
}

async function piecesFolder(folder: string): Promise<string> {
  for (const name of midiFolders) {
    const path = join(folder, name)
    if ((await kindOfPath(path)) === 'folder') return path
  }
  throw new MissingFileError(join(folder, midiFolders[0]), 'the pieces of VGMIDI 0.2')
}

/** The piece and the number in `labelled/phrases/PIECE_NUMBER.mid`. */
function phraseOf({ file, row, cells }: CsvRow<'midi'>): [piece: string, phrase: number] {
  const [, piece, phrase] = /([^/]+)_(\d+)\.mid$/.exec(cells.midi) ?? []
  if (piece !== undefined) return [piece, Number(phrase)]
  throw new InvalidCellError(file, row, 'midi', 'a path that ends in PIECE_NUMBER.mid', cells.midi)
}
