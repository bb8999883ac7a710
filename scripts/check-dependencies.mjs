/** Every dependency of every package.json has a line in docs/dependencies.md, and every line there a dependency. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolders, readJson, root } from './workspace.mjs'

const fields = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']

const used = new Set(
  [root, ...packageFolders()]
    .map(folder => readJson(join(folder, 'package.json')))
    .flatMap(manifest => fields.flatMap(field => Object.keys(manifest[field] ?? {})))
    .filter(name => !name.startsWith('@vgm/'))
)
const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
const explained = new Set([...text.matchAll(/^\| `([^`]+)`/gm)].map(match => match[1] ?? ''))

const missing = [...used].filter(name => !explained.has(name))
const left = [...explained].filter(name => !used.has(name))
for (const name of missing) console.error(`docs/dependencies.md: no line for ${name}`)
for (const name of left) console.error(`docs/dependencies.md: ${name} is no dependency any more`)
process.exitCode = missing.length + left.length > 0 ? 1 : 0
