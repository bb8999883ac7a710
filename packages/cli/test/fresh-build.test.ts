import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { decode } from '../src/commands/decode.js'
import { generate } from '../src/commands/generate/generate.js'
import { label } from '../src/commands/label.js'
import { done } from './vgm.js'

const inOneLine = (text: string) => text.replace(/\s+/g, ' ')

test.each<Command>([generate, decode, label])(
  'the tool under test is built from the sources as they stand: $_name',
  async command => {
    const help = inOneLine((await done([command.name(), '--help'])).stdout)
    const said = [command.description(), ...command.options.map(({ description }) => description)]
    for (const text of said) expect(help).toContain(inOneLine(text))
  }
)
