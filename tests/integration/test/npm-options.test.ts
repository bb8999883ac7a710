import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const cwd = join(import.meta.dirname, '../../..')
// What npm told the script that runs the tests is not for the npm below.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_'))
)

/** How a script of the root ends, called without the `--` that npm wants. */
async function runScript(...args: string[]): Promise<{ code: number; stderr: string }> {
  const ended = promisify(execFile)('npm', ['run', '-s', ...args], { cwd, env })
  return ended.then(
    ({ stderr }) => ({ code: 0, stderr }),
    ({ code, stderr }) => ({ code, stderr })
  )
}

test.each([
  ['generate --sentiment negative', '--sentiment', 'npm run generate -- --sentiment negative'],
  ['generate --sentiment=negative', '--sentiment', 'npm run generate -- --sentiment negative'],
  ['generate --seed 7 --out x.mid', '--out and --seed', 'npm run generate -- --out … --seed …'],
  ['generate --no-grammar', '--no-grammar', 'npm run generate -- --no-grammar'],
  ['vgm label x.mid --json', '--json', 'npm run vgm -- label x.mid --json'],
  ['vgm encode x.mid --max-bars 3', '--max-bars', 'npm run vgm -- encode … --max-bars …']
])('npm run %s says that -- is missing', { timeout: 60_000 }, async (line, options, example) => {
  const { code, stderr } = await runScript(...line.split(' '))
  expect(stderr).toContain(`npm took ${options} for itself: put -- before the options: ${example}\n`)
  expect(code).toBe(2)
})

test('an option that npm completes to one of its own is explained, too', { timeout: 60_000 }, async () => {
  const { code, stderr } = await runScript('generate', '--engine', 'wasm')
  expect(stderr).toContain('npm may have taken the one before "wasm" for itself: put -- before the options')
  expect(code).toBe(2)
})
