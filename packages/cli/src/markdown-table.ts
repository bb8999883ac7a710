import type { Row } from './table.js'

/** Rows as a table in Markdown. */
export function markdownTable(rows: readonly Row[]): string {
  const columns = Object.keys(rows[0] ?? {})
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const lines = [
    line(columns),
    `|${'---|'.repeat(columns.length)}`,
    ...rows.map(row => line(columns.map(name => String(row[name]))))
  ]
  return `${lines.join('\n')}\n`
}
