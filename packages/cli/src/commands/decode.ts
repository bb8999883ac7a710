import { basename, extname } from 'node:path'
import { command } from '../flags/command.js'
import { json } from '../flags/options.js'
import { planOutputs } from '../flags/output.js'
import { on, text } from '../flags/values.js'
import { CommandError } from '../terminal/errors.js'
import { labelOf, naming, readInput, standardStream } from '../terminal/files.js'
import { writePieces } from '../views/write-pieces.js'

const help = `
Examples:
  vgm decode tune.txt --out tune.mid
  vgm decode pieces.txt --out pieces              one file per line: pieces/piece-1.mid …
  echo 't_120 v_80 d_quarter_0 n_60 . . . .' | vgm decode - --out - > c.mid

Misplaced words are read leniently; use --strict to reject them. A word that does not exist is always rejected.`

/** `vgm decode`. */
export const decode = command({
  name: 'decode',
  description: 'Write the MIDI files that words describe: the inverse of encode.',
  arguments: [['<file>', 'text, one piece per line; - is standard input']],
  options: {
    out: text('path', 'MIDI file to write, a folder for several pieces, or - (standard output)', {
      isRequired: true
    }),
    strict: on('reject what encode could not have written'),
    json
  },
  help,
  async run(file, { out, strict = false, json }) {
    const { piecesFromText } = await import('@vgm/encoding')
    const { renderMidi } = await import('@vgm/composer')
    const text = new TextDecoder().decode(await readInput(file))
    const read = await naming(file, () => piecesFromText(text, { strict }))
    if (read.length === 0) throw new CommandError(`${labelOf(file)}: holds no words`)
    const pieces = read.map(({ score, ids }) => ({ ...renderMidi(score), words: ids.length }))
    const name = file === standardStream ? 'decoded' : basename(file, extname(file))
    await writePieces(await planOutputs(out, pieces.length, name), pieces, { json })
  }
})
