/**
 * Packages import packages of lower floors only, no file is in a circle of imports, no folder is a heap, and the table in
 * docs/architecture.md lists the siblings that each package imports.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { cruise } from 'dependency-cruiser'
import { floors, heaps, mostFiles, openToNeighbours, typeCircles } from './floors.mjs'
import { packageFolders, publishedPackages, root } from './workspace.mjs'

const problems = [
  ...packagesWithoutFloor(),
  ...(await wrongImports()),
  ...heapsIn(join(root, 'packages')),
  ...wrongRows()
]
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0

/** The folders of all libraries and the command line tool. */
function libraries() {
  return packageFolders()
    .map(folder => relative(root, folder).split(sep).join('/'))
    .filter(folder => folder.startsWith('packages/'))
}

function packagesWithoutFloor() {
  return libraries()
    .filter(folder => !Object.hasOwn(floors, basename(folder)))
    .map(folder => `scripts/floors.mjs: no floor for ${folder}`)
}

/** @param {string} name */
function importable(name) {
  const floor = floors[name] ?? 0
  return Object.keys(floors).filter(
    other => (floors[other] ?? 0) < floor || (floors[other] === floor && openToNeighbours.includes(other))
  )
}

/** Upward and sideways imports, and circles. Types count: they decide who has to know whom. */
async function wrongImports() {
  const rules = Object.keys(floors).map(name => {
    const own = [name, ...importable(name)].join('|')
    return {
      name: `${name} may import ${importable(name).join(', ') || 'no sibling'}`,
      severity: /** @type {const} */ ('error'),
      // Tests may use what the package itself may not.
      from: { path: `^packages/${name}/src/`, pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/', pathNot: `^packages/(${own})/` }
    }
  })
  const circles = {
    name: 'circle',
    severity: /** @type {const} */ ('error'),
    from: { pathNot: typeCircles.map(file => `^${file}$`) },
    to: { circular: true }
  }
  const { output } = await cruise(
    ['packages'],
    {
      baseDir: root,
      includeOnly: '^packages/[^/]+/(src|test)/',
      exclude: { path: '/node_modules/|/dist/' },
      tsPreCompilationDeps: true,
      validate: true,
      ruleSet: { forbidden: [...rules, circles] }
    },
    {
      exportsFields: ['exports'],
      conditionNames: ['@vgm/source', 'import', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.json']
    }
  )
  if (typeof output === 'string') return [output]
  const { totalCruised, violations } = output.summary
  if (totalCruised === 0) return ['dependency-cruiser found no source file']
  return violations.map(({ rule, from, to, cycle }) =>
    cycle === undefined
      ? `${from} imports ${to}: ${rule.name}`
      : `import circle: ${[from, ...cycle.map(({ name }) => name)].join(' > ')}`
  )
}

/**
 * Folders below `packages/<name>/src` with too many source files.
 *
 * @param {string} packages
 */
function heapsIn(packages) {
  const counts = new Map()
  for (const name of readdirSync(packages)) {
    const src = join(packages, name, 'src')
    for (const file of sourceFiles(src)) {
      const folder = relative(root, file.parentPath).split(sep).join('/')
      counts.set(folder, (counts.get(folder) ?? 0) + 1)
    }
  }
  return [...counts]
    .filter(([folder, count]) => count > mostFiles && !heaps.includes(folder))
    .map(
      ([folder, count]) =>
        `${folder}: ${count} source files, expected ${mostFiles} at most: sort them into folders`
    )
}

/** @param {string} src */
function sourceFiles(src) {
  if (!existsSync(src)) return []
  return readdirSync(src, { withFileTypes: true, recursive: true }).filter(
    entry => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts')
  )
}

/** Rows of the table of packages that list other siblings than the package.json. */
function wrongRows() {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const rows = [...text.matchAll(/^\| `packages\/([\w-]+)` \|.*\|([^|]*)\|$/gm)]
  return publishedPackages().flatMap(({ folder, manifest }) => {
    const name = basename(folder)
    const cells = rows.filter(row => row[1] === name).map(row => row[2] ?? '')
    // The command line tool wires them all.
    if (cells.some(cell => cell.includes('all of these'))) return []
    const listed = siblingsIn(cells.join())
    const imported = siblingsIn(Object.keys(manifest.dependencies ?? {}).join())
    return listed === imported ? [] : [`docs/architecture.md: ${name} imports ${imported}, listed: ${listed}`]
  })
}

/** @param {string} names */
function siblingsIn(names) {
  return [...new Set(names.match(/@vgm\/[\w-]+/g))].sort().join(', ') || 'none'
}
