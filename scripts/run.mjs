/**
 * `node scripts/run.mjs <task> [options]`: what the scripts in package.json call. Sets up what is missing (packages,
 * builds), then does the task. Only Node and npm need to be there.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findBrowser } from './browser.mjs'
import { buildAll, buildCli, cliMain, install, SetupError } from './setup.mjs'
import { pnpm, root, rootManifest, run, tool } from './workspace.mjs'

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const tasks = {
  generate: args => vgm(['generate', ...args]),
  vgm,
  test: async args => {
    await install()
    const code = await vitest(['run', ...args])
    // Options or paths ask for something particular: `npm run test:browser -- …` takes them too.
    return code !== 0 || args.length > 0 ? code : browserTests([])
  },
  'test:slow': async args => {
    await install()
    return vitest(['run', '--config', 'vitest.slow.config.ts', ...args])
  },
  'test:browser': async args => {
    await install()
    return browserTests(args)
  },
  pack: async args => {
    await install()
    const { pack } = await import('./pack.mjs')
    return pack(args)
  },
  'test:packed': async args => {
    await install()
    const { tryPacked } = await import('./try-packed.mjs')
    return tryPacked(args)
  },
  bench: async args => {
    await install()
    await buildAll()
    return run(process.execPath, [join(root, 'bench/main.mjs'), ...args])
  },
  check: async args => {
    await install()
    const { check } = await import('./check.mjs')
    return check(args)
  },
  format: async args => {
    await install()
    return tool('@biomejs/biome/bin/biome', ['check', '--write', ...args])
  },
  pnpm: args => pnpm(args)
}

/**
 * Runs the command line tool inside this process: its output, exit code and Ctrl-C are its own affair.
 *
 * @param {string[]} args
 */
async function vgm(args) {
  await install()
  await buildCli()
  process.chdir(process.env.INIT_CWD ?? process.cwd())
  process.argv = [process.execPath, cliMain, ...args]
  await import(pathToFileURL(cliMain).href)
  return Number(process.exitCode ?? 0)
}

/** @param {string[]} args */
function vitest(args) {
  return tool('vitest/vitest.mjs', args)
}

/** @param {string[]} args */
function browserTests(args) {
  if (findBrowser()) return vitest(['run', '--config', 'vitest.browser.config.ts', ...args])
  console.error('Browser tests skipped: no Chromium or Chrome found. VGM_BROWSER=<path> names one.')
  return 0
}

function checkNode() {
  const needed = rootManifest.engines.node.replace('>=', '')
  const [major = 0, minor = 0] = needed.split('.').map(Number)
  const [haveMajor = 0, haveMinor = 0] = process.versions.node.split('.').map(Number)
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return
  console.error(`This project needs Node ${needed} or newer; this is Node ${process.versions.node}.`)
  process.exit(1)
}

checkNode()
const [name = '', ...args] = process.argv.slice(2)
const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined
if (!task) {
  console.error(`Unknown task "${name}". Tasks: ${Object.keys(tasks).join(', ')}`)
  process.exit(2)
}
try {
  process.exitCode = await task(args)
} catch (error) {
  console.error(error instanceof SetupError ? error.message : error)
  process.exitCode = 1
}
