/** Installs and builds, each only where something changed since it was last done. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { packageFolders, pnpm, root } from './workspace.mjs'

export const cliMain = join(root, 'packages/cli/dist/main.js')

const notBuilt = /^(?:node_modules|\.turbo|bench|test|.*\.test\.ts|.*\.md)$/

/** What went wrong is on stderr already. */
export class SetupError extends Error {}

export async function install() {
  await once({
    stamps: ['install'],
    message: 'Installing packages …',
    state: installed,
    work: () => pnpm(['install', '--frozen-lockfile', '--prefer-offline'], { quiet: true })
  })
}

/** Builds the command line tool and what it imports, without type declarations. */
export async function buildCli() {
  await once({
    stamps: ['build-cli', 'build'],
    message: 'Building …',
    state: () => (existsSync(cliMain) ? fingerprint(builtFiles()) : undefined),
    work: () => turbo(['build:js', '--filter=@vgm/cli...'])
  })
}

export async function buildAll() {
  await once({
    stamps: ['build'],
    message: 'Building every package …',
    state: () => fingerprint(builtFiles()),
    work: () => turbo(['build'])
  })
}

/** @param {readonly string[]} args */
function turbo(args) {
  return pnpm(['exec', 'turbo', 'run', ...args, '--output-logs=errors-only'], { quiet: true })
}

/**
 * Does the work unless the state is the one that the last successful run left: the last run of this step, whose stamp
 * comes first, or of a step that does more.
 *
 * @param {{
 *   stamps: [string, ...string[]]
 *   message: string
 *   state: () => string | undefined
 *   work: () => Promise<number>
 * }} step
 */
async function once({ stamps, message, state, work }) {
  const before = state()
  if (stamps.some(stamp => before !== undefined && before === readStamp(stamp))) return
  console.error(message)
  const code = await work()
  if (code !== 0) throw new SetupError(`${message.replace(' …', '')} failed.`)
  const path = stampPath(stamps[0])
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, state() ?? '')
}

/** @param {string} name */
function readStamp(name) {
  const path = stampPath(name)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/**
 * Inside node_modules, so that who deletes that folder starts afresh.
 *
 * @param {string} name
 */
function stampPath(name) {
  return join(root, 'node_modules/.cache/vgm', name)
}

/** What says which packages to install, and where there are some. */
function installed() {
  const folders = [root, ...packageFolders()]
  const manifests = folders.map(folder => join(folder, 'package.json'))
  const wanted = fingerprint([join(root, 'pnpm-lock.yaml'), join(root, 'pnpm-workspace.yaml'), ...manifests])
  return [wanted, ...folders.map(folder => existsSync(join(folder, 'node_modules')))].join('\n')
}

/** What goes into the builds, and what comes out of them. */
function builtFiles() {
  const shared = ['package.json', 'tsconfig.base.json', 'tsup.base.ts', 'turbo.json'].map(file =>
    join(root, file)
  )
  return [...shared, ...packageFolders().flatMap(filesBelow)]
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (notBuilt.test(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

/**
 * Name, size and time of every file: cheap, and different as soon as one is edited, added or removed.
 *
 * @param {readonly string[]} files
 */
function fingerprint(files) {
  return files
    .map(file => {
      const { size, mtimeMs } = statSync(file)
      return `${file} ${size} ${mtimeMs}`
    })
    .join('\n')
}
