/** Explains what went wrong where the `--` that npm wants before a script's options was forgotten. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './workspace.mjs'

/**
 * npm takes options before `--` for its own: the script gets `npm_config_sentiment=true` in its environment and the bare
 * word `negative`, or `npm_config_sentiment=negative`.
 *
 * @param {'generate' | 'vgm'} script the script's name in package.json.
 * @param {readonly string[]} args what the script was given.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined} what to tell the user, if npm kept an option of ours.
 */
export function explainTakenOptions(script, args, env) {
  const known = commandOptions()
  const taken = [...known].sort().flatMap(([name, takesValue]) => {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`]
    return value === undefined || args.includes(`--${name}`) ? [] : [{ name, takesValue, value }]
  })
  if (taken.length > 0) {
    const words = taken.map(({ name, value }) => (value === '' ? `--no-${name}` : `--${name}`))
    const list = [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' and ')
    return `npm took ${list} for itself: put -- before the options: ${example(script, args, taken)}`
  }
  // npm completes what it takes for a shortened option of its own: --engine wasm becomes engine-strict, and wasm is left.
  const [word] = args
  if (script !== 'generate' || word === undefined || word.startsWith('-')) return undefined
  return `generate has options only, and npm may have taken the one before "${word}" for itself: put -- before the options: npm run generate -- --seed 7`
}

/**
 * The command as it has to be. A value that npm left behind is put in only where it is clear whose it is.
 *
 * @param {'generate' | 'vgm'} script
 * @param {readonly string[]} args
 * @param {readonly { name: string, takesValue: boolean, value: string }[]} taken
 */
function example(script, args, taken) {
  const without = taken.filter(({ takesValue, value }) => takesValue && value === 'true').length
  const clear = script === 'generate' && without === 1 && args.length === 1
  const operands = without === 0 ? args : script === 'vgm' ? [...args.slice(0, 1), '…'] : []
  const options = taken.flatMap(({ name, takesValue, value }) => {
    if (value === '') return [`--no-${name}`]
    if (!takesValue) return [`--${name}`]
    return [`--${name}`, value !== 'true' ? value : clear ? (args[0] ?? '') : '…']
  })
  const words = ['npm run', script, '--', ...operands, ...options]
  return words.map(word => (/\s/.test(word) && word !== 'npm run' ? JSON.stringify(word) : word)).join(' ')
}

/** The options of all commands, and whether each takes a value: read from the sources, since nothing may be built yet. */
function commandOptions() {
  const folder = join(root, 'packages/cli/src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
    file.endsWith('.ts')
  )
  /** @type {Map<string, boolean>} */
  const options = new Map()
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, name = '', value] of text.matchAll(/['"](?:-\w, )?--(?:no-)?([a-z][a-z0-9-]*)( [<[])?/g)) {
      options.set(name, options.get(name) || value !== undefined)
    }
  }
  options.delete('version')
  return options
}
