/** What the root scripts share: where things are, and how to run the tools. No dependency: this runs before any is installed. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** @param {string} path */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

export const rootManifest = readJson(join(root, 'package.json'))

/** Every folder below the root that holds a package of this workspace. */
export function packageFolders() {
  const groups = ['packages', 'tests'].flatMap(group => subfolders(join(root, group)))
  return [...groups, join(root, 'bench')].filter(folder => existsSync(join(folder, 'package.json')))
}

/** The packages that users install. */
export function publishedPackages() {
  return packageFolders()
    .map(folder => ({ folder, manifest: readJson(join(folder, 'package.json')) }))
    .filter(({ manifest }) => !manifest.private)
}

/** @param {string} folder */
function subfolders(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.filter(entry => entry.isDirectory()).map(entry => join(folder, entry.name))
}

/**
 * Runs a program. With `quiet` its output is kept back, and shown on stderr only if it fails.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, quiet?: boolean, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code.
 */
export function run(command, args, { cwd = root, quiet = false, env = process.env } = {}) {
  const child = spawn(command, args, { cwd, env, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
  /** @type {Buffer[]} */
  const output = []
  child.stdout?.on('data', chunk => output.push(chunk))
  child.stderr?.on('data', chunk => output.push(chunk))
  // Ctrl-C reaches the child by itself: stay until it has ended.
  const wait = () => {}
  process.on('SIGINT', wait)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait)
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/**
 * Runs the pinned pnpm, which npx downloads where it is missing.
 *
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function pnpm(args, options) {
  const env = { ...process.env, CI: '1', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  // Named as a package: inside another npx, which leaves its own package in the environment, pnpm is not found otherwise.
  const npx = ['--yes', '--prefer-offline', `--package=${rootManifest.packageManager}`, '--', 'pnpm']
  return run('npx', [...npx, ...args], { env, ...options })
}

/**
 * Runs a Node program out of node_modules.
 *
 * @param {string} script
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function tool(script, args, options) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options)
}
