/** A row by its columns' names; every row has the same. */
export type Row = Readonly<Record<string, string | number>>

/** Rows as an aligned table, or as comma-separated values. */
export async function tableOf(rows: readonly Row[], csv = false): Promise<string> {
  if (!csv) return alignedTable(rows)
  return (await import('csv-stringify/sync')).stringify([...rows], { header: true })
}

/** Rows under their columns' names, aligned: columns of numbers, as the first row has them, to the right. */
export function alignedTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const widths = columns.map(name =>
    rows.reduce((widest, row) => Math.max(widest, lengthOf(String(row[name]))), lengthOf(name))
  )
  const isNumber = columns.map(name => Number.isFinite(Number(rows[0]?.[name])))
  const lines = [columns, ...rows.map(row => columns.map(name => String(row[name])))].map(cells =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - lengthOf(cell))
        return isNumber[column] ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd()
  )
  return `${lines.join('\n')}\n`
}

/** In characters, not in UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length
}

/** Rows as a table in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  const body = rows.map(row => line(columns.map(name => String(row[name]))))
  return `${line(columns)}|${'---|'.repeat(columns.length)}\n${body.join('')}`
}
