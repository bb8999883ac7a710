import { Command } from 'commander'
import { expect, test } from 'vitest'
import { UsageError } from '../terminal/errors.js'
import { requireNoSwallowedOptions } from './swallowed-options.js'

const program = new Command('vgm').addCommand(
  new Command('generate')
    .option('--sentiment <name>')
    .option('--top-k <n>')
    .option('--no-grammar')
    .option('--json')
)
const check = (args: string[], env: Record<string, string>) => () =>
  requireNoSwallowedOptions(program, args, env)
/** What npm 10 and 11 say of `npm run generate …`. */
const npm = { npm_lifecycle_event: 'generate', npm_command: 'run' }

test.each([
  [
    ['generate', 'negative'],
    { npm_config_sentiment: 'true' },
    '--sentiment for itself: put -- before it, as in npm run generate -- --sentiment <name>'
  ],
  [['generate'], { npm_config_sentiment: 'negative' }, '--sentiment'],
  [
    ['generate'],
    { npm_config_top_k: '3', npm_config_grammar: '' },
    '--top-k, --no-grammar for itself: put -- before them'
  ]
])('%j with %j is explained', (args, env, message) => {
  expect(check(args, { ...npm, ...env })).toThrow(UsageError)
  expect(check(args, { ...npm, ...env })).toThrow(message)
})

test.each([
  ['without npm', ['generate'], { npm_config_sentiment: 'negative' }],
  ['npx', ['generate'], { npm_lifecycle_event: 'npx', npm_command: 'exec', npm_config_sentiment: 'x' }],
  ['an option that arrived', ['generate', '--sentiment', 'x'], { ...npm, npm_config_sentiment: 'x' }],
  ['an option that npm has, too', ['generate'], { ...npm, npm_config_json: 'true' }],
  ['no option', ['generate'], npm]
])('%s is no mistake', (_, args, env) => {
  expect(check(args, env)).not.toThrow()
})
