/** The table in docs/architecture.md lists exactly the siblings that each library imports. */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { publishedPackages, root } from './workspace.mjs'

const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const rows = [...text.matchAll(/^\| `packages\/([\w-]+)` \|.*\|([^|]*)\|$/gm)]

/** @param {string} names */
const siblingsIn = names => [...new Set(names.match(/@vgm\/[\w-]+/g))].sort().join(', ') || 'none'

let wrong = 0
for (const { folder, manifest } of publishedPackages()) {
  const name = basename(folder)
  const cells = rows.filter(row => row[1] === name).map(row => row[2] ?? '')
  // The command line tool wires them all.
  if (cells.some(cell => cell.includes('all of these'))) continue
  const listed = siblingsIn(cells.join())
  const imported = siblingsIn(Object.keys(manifest.dependencies ?? {}).join())
  if (listed === imported) continue
  console.error(`docs/architecture.md: ${name} imports ${imported}, listed: ${listed}`)
  wrong++
}
process.exitCode = wrong > 0 ? 1 : 0
