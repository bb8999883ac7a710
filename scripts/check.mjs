/** `npm run check`: everything about the code that is no test. `npm run check -- types` runs one of the steps. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { packPackages } from './pack.mjs'
import { Report } from './report.mjs'
import { packageFolders, root, run, tool } from './workspace.mjs'

/** Packages whose every export has a docstring. */
const documented = {
  base: ['src/index.ts'],
  charts: ['src/index.ts'],
  composer: ['src/index.ts', 'src/defaults.ts'],
  dataset: ['src/index.ts', 'src/node.ts'],
  emotion: ['src/index.ts', 'src/node.ts'],
  encoding: ['src/index.ts', 'src/description/index.ts'],
  features: ['src/index.ts'],
  'ga-steer': ['src/index.ts'],
  'key-velocity': ['src/index.ts'],
  mlstm: ['src/index.ts'],
  nn: ['src/index.ts', 'src/node.ts', 'src/contract/index.ts'],
  pretrained: ['src/index.ts'],
  'pretrained-transformer': ['src/index.ts'],
  probe: ['src/index.ts'],
  'tfjs-onnx': ['src/index.ts'],
  transformer: ['src/index.ts']
}

/** @type {Record<string, () => Promise<number>>} */
const steps = {
  'format and lint': () =>
    quietTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '--error-on-warnings']),
  types: () => inTurn(typedFolders(), folder => quietTool('typescript/bin/tsc', ['-p', folder])),
  'unused files, exports and dependencies': () =>
    quietTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints']),
  docstrings: () => inTurn(Object.entries(documented), ([name, entries]) => documentation(name, entries)),
  packages: checkPackages,
  'a line per dependency': () => script('check-dependencies.mjs'),
  floors: () => script('check-floors.mjs'),
  'no addresses': () => script('check-addresses.mjs')
}

/**
 * @param {readonly string[]} args names of steps (all, if none), and `--report=<file>`.
 * @returns {Promise<number>} the exit code.
 */
export async function check(args) {
  const wanted = args.filter(arg => !arg.startsWith('--'))
  const unknown = wanted.find(name => !Object.hasOwn(steps, name))
  if (unknown) {
    console.error(`Unknown check "${unknown}". Checks: ${Object.keys(steps).join(', ')}`)
    return 2
  }
  const report = new Report('check')
  for (const [name, step] of Object.entries(steps)) {
    if (wanted.length === 0 || wanted.includes(name)) await report.step(name, step)
  }
  return report.finish(args)
}

/** The root, for the scripts, and every package in TypeScript. */
function typedFolders() {
  return [root, ...packageFolders()].filter(folder => existsSync(join(folder, 'tsconfig.json')))
}

/**
 * @param {string} name
 * @param {readonly string[]} entries
 */
function documentation(name, entries) {
  const folder = join(root, 'packages', name)
  const files = entries.map(entry => join(folder, entry))
  const options = ['--options', join(root, 'typedoc.json'), '--tsconfig', join(folder, 'tsconfig.json')]
  return quietTool('typedoc/bin/typedoc', [...options, ...files])
}

/** What users would install: publint looks at its package.json, attw at its types. */
async function checkPackages() {
  const target = mkdtempSync(join(tmpdir(), 'vgm-pack-'))
  try {
    const tarballs = await packPackages(target)
    return await inTurn(tarballs, async ({ file, manifest }) => {
      const code = await quietTool('publint/src/cli.js', ['run', file, '--strict'])
      // A package without a main entry (the CLI) has nothing to import, so it has no types to look at.
      if (code !== 0 || !manifest.exports['.']) return code
      const options = ['--profile', 'node16', '--no-color', '--no-emoji']
      return quietTool('@arethetypeswrong/cli/dist/index.js', [file, ...options])
    })
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

/**
 * Runs a step for each item, all of them even if one fails.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<number>} step
 */
async function inTurn(items, step) {
  let worst = 0
  for (const item of items) worst = Math.max(worst, await step(item))
  return worst
}

/**
 * @param {string} path
 * @param {readonly string[]} args
 */
function quietTool(path, args) {
  return tool(path, args, { quiet: true })
}

/** @param {string} name */
function script(name) {
  return run(process.execPath, [relative(root, join(import.meta.dirname, name))], { quiet: true })
}
