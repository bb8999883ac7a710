import { basename, extname } from 'node:path'
import { Command } from 'commander'
import { jsonOption } from '../flags/options.js'
import { planOutputs } from '../flags/output.js'
import { labelOf, readInput, standardStream } from '../terminal/files.js'
import { writePieces } from '../views/write-pieces.js'

interface DecodeFlags {
  readonly out: string
  readonly strict?: boolean
  readonly json?: boolean
}

const examples = `
Examples:
  vgm decode tune.txt --out tune.mid
  vgm decode pieces.txt --out pieces              one file per line: pieces/piece-1.mid …
  echo 't_120 v_80 d_quarter_0 n_60 . . . .' | vgm decode - --out - > c.mid

Words out of place are made the best of; --strict refuses them. A word that does not exist is always refused.`

/** `vgm decode`. */
export function decodeCommand(): Command {
  return new Command('decode')
    .description('Write the MIDI files that words describe: the inverse of encode.')
    .argument('<file>', 'text, one piece per line; - is standard input')
    .requiredOption('--out <path>', 'MIDI file to write, a folder for several pieces, or - (standard output)')
    .option('--strict', 'refuse what encode could not have written')
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(file: string, flags: DecodeFlags): Promise<void> {
  const { readPiecesOfText } = await import('../inputs/words-text.js')
  const text = new TextDecoder().decode(await readInput(file))
  const pieces = readPiecesOfText(text, labelOf(file), flags.strict ?? false)
  const name = file === standardStream ? 'decoded' : basename(file, extname(file))
  await writePieces(await planOutputs(flags.out, pieces.length, name), pieces, { json: flags.json })
}
