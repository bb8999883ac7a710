import { Command } from 'commander'
import { expect, expectTypeOf, test } from 'vitest'
import { integer, number, off, on, oneOf, optionsOf, pick, text, texts, type Values } from './values.js'

const table = {
  out: text('file', 'where', { isRequired: true }),
  topK: integer('n', 'how many'),
  temperature: number('x', 'how daring', { range: 'of at least 0', default: 1 }),
  mode: oneOf('name', ['a', 'b'], 'how'),
  models: texts('name', 'which', ['pretrained']),
  grammar: off('without'),
  csv: on('as a table', { conflicts: 'json' }),
  json: on('as data')
}

/** The values that a command line gives. */
function parse(...args: string[]): Values<typeof table> {
  const command = new Command().exitOverride().configureOutput({ outputError: () => {} })
  for (const option of optionsOf(table)) command.addOption(option)
  return command.parse(args, { from: 'user' }).opts()
}

test('a table of options gives their names, defaults and types', () => {
  expect(parse('--out', 'x')).toEqual({ out: 'x', temperature: 1, models: ['pretrained'], grammar: true })
  const given = parse(
    '--out',
    'x',
    '--top-k',
    '3',
    '--mode',
    'b',
    '--no-grammar',
    '--models',
    'm',
    'n',
    '--json'
  )
  expect(given).toMatchObject({ topK: 3, mode: 'b', grammar: false, models: ['m', 'n'], json: true })
  expectTypeOf(given.out).toEqualTypeOf<string>()
  expectTypeOf(given.temperature).toEqualTypeOf<number>()
  expectTypeOf(given.mode).toEqualTypeOf<'a' | 'b' | undefined>()
})

test.each([
  [[], "required option '--out <file>' not specified"],
  [['--out', 'x', '--top-k', '0'], 'Expected an integer of at least 1.'],
  [['--out', 'x', '--top-k', '1.5'], 'Expected an integer of at least 1.'],
  [['--out', 'x', '--temperature', '-1'], 'Expected a number of at least 0.'],
  [['--out', 'x', '--temperature', ''], 'Expected a number of at least 0.'],
  [['--out', 'x', '--mode', 'c'], 'Allowed choices are a, b.'],
  [['--out', 'x', '--csv', '--json'], "option '--csv' cannot be used with option '--json'"]
])('%j is refused', (args, message) => {
  expect(() => parse(...args)).toThrow(message)
})

test('pick leaves out what is not given', () => {
  expect(pick({ a: 0, b: undefined, c: 'x' }, 'a', 'b')).toEqual({ a: 0 })
})
