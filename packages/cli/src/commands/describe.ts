import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { text } from '../flags/values.js'
import { labelOf, standardStream, writeOutput } from '../terminal/files.js'
import { log } from '../terminal/text.js'

const help = `
Examples:
  vgm describe tune.mid                           prints 1  4/4  notes 12  velocity 84  pitch 62 …
  vgm describe tune.mid --out plan.txt --svg plan.svg
  vgm generate --plan plan.txt                    composes another piece to it

A line per bar: its metre, the notes that begin in it, their mean velocity, pitch and length in quarter notes, the chord of
each half, the programs, and the earlier bar that comes back. Percussion (channel 10) is left out.`

/** `vgm describe`. */
export const describe = command({
  name: 'describe',
  description: 'Describe a piece bar by bar, as a plan that can be edited.',
  arguments: [['<file>', 'MIDI file; - is standard input']],
  options: {
    out: text('file', 'file to write the plan to; - is standard output', { default: standardStream }),
    svg: text('file', 'draw the plan, too'),
    ...common.midiFlags,
    json: common.json
  },
  help,
  async run(file, { out, svg, json, ...flags }) {
    const { describe, formatPlan, plotPlan } = await import('@vgm/encoding/description')
    const { readFrom } = await import('../inputs/music.js')
    const plan = await readFrom(file, { ...common.midiReading(flags), log }, describe)
    if (svg !== undefined) await writeOutput(svg, plotPlan(plan, labelOf(file)))
    await writeOutput(out, json ? `${JSON.stringify(plan)}\n` : formatPlan(plan))
  }
})
