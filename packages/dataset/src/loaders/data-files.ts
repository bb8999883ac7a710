import { stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { InvalidCellError, MissingFileError } from '../errors.js'
import type { CsvRow } from './csv-rows.js'

/** Whether a path is a file, a folder, or neither. */
export async function kindOfPath(path: string): Promise<'file' | 'folder' | 'none'> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isDirectory()) return 'folder'
  return stats?.isFile() ? 'file' : 'none'
}

/**
 * The path of a file that a row names.
 *
 * @param relative The file's path within `folder`, as the row's `column` has it or implies it.
 * @throws {InvalidCellError} if it lies outside `folder`.
 * @throws {MissingFileError} if it is not there.
 */
export async function fileOfRow<Column extends string>(
  row: CsvRow<Column>,
  column: Column,
  folder: string,
  relative: string
): Promise<string> {
  const inside = normalize(relative)
  if (isAbsolute(inside) || inside === '..' || inside.startsWith(`..${sep}`)) {
    throw new InvalidCellError(
      row.file,
      row.row,
      column,
      "a path inside the CSV file's folder",
      row.cells[column]
    )
  }
  const path = join(folder, inside)
  if ((await kindOfPath(path)) !== 'file') throw new MissingFileError(path, 'a MIDI file', row)
  return path
}
