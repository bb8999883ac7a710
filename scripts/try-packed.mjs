/** Installs the packed packages in a new npm project, as a user would, and uses them. `npm run test:packed`. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packPackages } from './pack.mjs'
import { Report } from './report.mjs'
import { publishedPackages, root, run, tool } from './workspace.mjs'

/** What a program does with `encode` and `decode`, however it got them. */
const useEncoding = `
  const note = { pitch: 60, velocity: 80, startTick: 0, durationTicks: 480, channel: 0, program: 0 }
  const score = { ticksPerQuarter: 480, notes: [note], tempos: [{ tick: 0, tempoBpm: 120 }], timeSignatures: [], keySignatures: [] }
  if (decode(encode(score)).notes[0].pitch !== 60) process.exit(1)`

/** Compiles a gradient where ONNX Runtime is not installed: a graph comes of it, and an error that says what to install. */
const useCompiler = `
  const step = w => [tf.grad(x => tf.sum(tf.tanh(x)))(w)]
  const specs = [{ shape: [2], dtype: 'float32' }]
  if (toOnnx(step, specs).length < 50) process.exit(1)
  compile(step, specs).then(() => process.exit(1), error => {
    if (!/^onnxruntime-node is not installed .*npm install onnxruntime-node/.test(error.problem)) process.exit(1)
  })`

/** A program that imports every entry of every package, in TypeScript. */
function importEverything() {
  const entries = publishedPackages().flatMap(({ manifest }) =>
    Object.entries(manifest.exports)
      .filter(([, target]) => target.import?.types)
      .map(([path]) => manifest.name + path.slice(1))
  )
  const imports = entries.map((entry, k) => `import * as entry${k} from '${entry}'\n`)
  return `${imports.join('')}export const all = [${entries.map((_, k) => `entry${k}`).join(', ')}]\n`
}

/**
 * What packing makes of a package whose last build was the quick one, without types.
 *
 * @param {string} target an existing folder.
 */
async function packAfterQuickBuild(target) {
  const folder = join(root, 'packages/charts')
  const built = await tool('tsup/dist/cli-default.js', ['--no-dts'], { cwd: folder, quiet: true })
  const packed =
    built || (await run('npm', ['pack', '--pack-destination', target], { cwd: folder, quiet: true }))
  if (packed) return packed
  const [file = ''] = readdirSync(target)
  const types = ['package/dist/index.d.ts', 'package/dist/index.d.cts']
  return run('tar', ['-xzf', join(target, file), '-C', target, ...types], { quiet: true })
}

/**
 * @param {readonly string[]} args `--report=<file>`
 * @returns {Promise<number>} the exit code.
 */
export async function tryPacked(args) {
  const project = mkdtempSync(join(tmpdir(), 'vgm-packed-'))
  const report = new Report('packed')
  // npm tells its scripts where it runs; the npm and npx below run elsewhere.
  const { npm_config_local_prefix: _prefix, INIT_CWD: _cwd, ...env } = process.env
  /** @type {(command: string, ...args: string[]) => Promise<number>} */
  const inProject = (command, ...rest) => run(command, rest, { cwd: project, env, quiet: true })
  /** @type {(code: string) => Promise<number>} */
  const asModule = code => inProject(process.execPath, '--input-type=module', '-e', code)
  /** @type {(code: string) => Promise<number>} */
  const asCommonJs = code => inProject(process.execPath, '--input-type=commonjs', '-e', code)
  /** @type {(moduleResolution: string, module: string, file: string) => Promise<number>} */
  const typeCheck = (moduleResolution, module, file) => {
    writeFileSync(join(project, file), importEverything())
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022']
    const how = ['--module', module, '--moduleResolution', moduleResolution]
    return tool('typescript/bin/tsc', [...options, ...how, file], { cwd: project, quiet: true })
  }
  const byHand = mkdtempSync(join(tmpdir(), 'vgm-packed-by-hand-'))
  try {
    await report.step('a package packed by hand has types', () => packAfterQuickBuild(byHand))
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'try-packed', private: true }))
    await report.step('npm install', async () => {
      const files = (await packPackages(project)).map(({ file }) => file)
      return inProject('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...files)
    })
    await report.step('types, as a bundler finds them', () => typeCheck('bundler', 'esnext', 'bundled.ts'))
    await report.step('types, as Node finds them for modules', () =>
      typeCheck('node16', 'node16', 'module.mts')
    )
    await report.step('types, as Node finds them for CommonJS', () =>
      typeCheck('node16', 'node16', 'common.cts')
    )
    await report.step('import @vgm/encoding', () =>
      asModule(`import { decode, encode } from '@vgm/encoding'${useEncoding}`)
    )
    await report.step('require @vgm/encoding', () =>
      asCommonJs(`const { decode, encode } = require('@vgm/encoding')${useEncoding}`)
    )
    await report.step('import @vgm/mlstm', () => asModule(`import '@vgm/mlstm'; import '@vgm/nn'`))
    await report.step('require @vgm/mlstm', () => asCommonJs(`require('@vgm/mlstm')`))
    await report.step('import @vgm/tfjs-onnx', () =>
      asModule(`import * as tf from '@tensorflow/tfjs-core'; import '@vgm/tfjs-onnx/gradients'
        import { compile, toOnnx } from '@vgm/tfjs-onnx'${useCompiler}`)
    )
    await report.step('require @vgm/tfjs-onnx', () =>
      asCommonJs(`const tf = require('@tensorflow/tfjs-core'); require('@vgm/tfjs-onnx/gradients')
        const { compile, toOnnx } = require('@vgm/tfjs-onnx')${useCompiler}`)
    )
    await report.step('vgm generate --sentiment without ONNX Runtime', async () => {
      const options = ['--sentiment', 'negative', '--seed', '7', '--words', '60', '--out', 'x.mid']
      const code = await inProject('npx', '--no-install', 'vgm', 'generate', ...options)
      const file = join(project, 'x.mid')
      const written = existsSync(file) && readFileSync(file).subarray(0, 4).toString('latin1') === 'MThd'
      return written ? code : 1
    })
    await report.step('vgm analyze', () => inProject('npx', '--no-install', 'vgm', 'analyze', 'x.mid'))
  } finally {
    for (const folder of [project, byHand]) rmSync(folder, { recursive: true, force: true })
  }
  return report.finish(args)
}
