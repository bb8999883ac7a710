/** No file of the project names a package registry, somebody's machine or a folder on it. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

// Written as patterns, so that this file does not match itself.
const forbidden = [
  /registry\.(?:npmjs|yarnpkg|npmmirror)/,
  /tarball: *http/,
  /_auth(?:Token)?=/,
  /(?<![\w.\-~])\/(?:work|root|home\/\w+|Users\/\w+)\//,
  /[A-Z]:\\Users\\/,
  /(?<![\d.])(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}:\d{2,5}(?!\d)/
]

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8'
})
let found = 0
for (const file of listed.split('\0').filter(name => name && existsSync(join(root, name)))) {
  const text = readFileSync(join(root, file), 'utf8')
  if (text.includes('\0')) continue
  for (const [index, line] of text.split('\n').entries()) {
    const match = forbidden.map(pattern => line.match(pattern)).find(Boolean)
    if (!match) continue
    console.error(`${file}:${index + 1}: ${match[0]}`)
    found++
  }
}
process.exitCode = found > 0 ? 1 : 0
