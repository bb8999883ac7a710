import { readFile } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import { InvalidCellError, InvalidRowError, MissingColumnError, MissingFileError } from '../errors.js'

/** A row of a CSV file with the columns that were asked for. */
export interface CsvRow<Column extends string> {
  readonly file: string
  /** The line of the file, from 1; the header is row 1. */
  readonly row: number
  readonly cells: Readonly<Record<Column, string>>
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * The rows of a CSV file with a header.
 *
 * @param columns The columns that must be there; others are passed over.
 * @throws {MissingFileError} if the file is not there; `expected` says what it would be.
 * @throws {MissingColumnError | InvalidRowError} if it lacks a column, or a row is no CSV.
 */
export async function csvRows<Column extends string>(
  file: string,
  columns: readonly Column[],
  expected: string
): Promise<CsvRow<Column>[]> {
  const [header, ...rows] = parseCsv(file, await readText(file, expected))
  const names = header?.record ?? []
  const places = columns.map(column => {
    const place = names.indexOf(column)
    if (place === -1) throw new MissingColumnError(file, column, names)
    return [column, place] as const
  })
  return rows.map(({ record, info }) => {
    if (record.length !== names.length) {
      throw new InvalidRowError(file, info.lines, `expected ${names.length} cells, got ${record.length}`)
    }
    const cells = Object.fromEntries(places.map(([column, place]) => [column, record[place]]))
    return { file, row: info.lines, cells: cells as Record<Column, string> }
  })
}

async function readText(file: string, expected: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new MissingFileError(file, expected)
    throw error
  }
}

function parseCsv(file: string, text: string): Parsed[] {
  try {
    const options = { bom: true, info: true, relaxColumnCount: true, skipEmptyLines: true }
    return parse(text, options) as unknown as Parsed[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error.lines === 'number' ? error.lines : 1
    throw new InvalidRowError(file, line, error.message, { cause: error })
  }
}

/**
 * The value of a cell.
 *
 * @throws {InvalidCellError} if its text is none of the `meanings`.
 */
export function cellMeaning<Column extends string, Value>(
  { file, row, cells }: CsvRow<Column>,
  column: Column,
  meanings: Readonly<Record<string, Value>>
): Value {
  const text = cells[column]
  const value = Object.hasOwn(meanings, text) ? meanings[text] : undefined
  if (value !== undefined) return value
  throw new InvalidCellError(file, row, column, Object.keys(meanings).sort().join(' or '), text)
}
