import { Command } from 'commander'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../flags/midi-options.js'
import { jsonOption } from '../flags/options.js'
import { labelOf, naming, readInput, standardStream, writeOutput } from '../terminal/files.js'

interface DescribeFlags extends MidiFlags {
  readonly out: string
  readonly svg?: string
  readonly json?: boolean
}

const examples = `
Examples:
  vgm describe tune.mid                           prints 1  4/4  notes 12  velocity 84  pitch 62 …
  vgm describe tune.mid --out plan.txt --svg plan.svg

A line per bar: its metre, the notes that begin in it, their mean velocity, pitch and length in quarter notes, the chord of
each half, the programs, and the earlier bar that comes back. Percussion (channel 10) is left out.`

/** `vgm describe`. */
export function describeCommand(): Command {
  return new Command('describe')
    .description('Describe a piece bar by bar, as a plan that can be edited.')
    .argument('<file>', 'MIDI file; - is standard input')
    .option('--out <file>', 'file to write the plan to; - is standard output', standardStream)
    .option('--svg <file>', 'draw the plan, too')
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(file: string, { out, svg, json, ...flags }: DescribeFlags): Promise<void> {
  const { describe, formatPlan, plotPlan } = await import('@vgm/encoding/description')
  const { readMidi } = await import('../inputs/read-midi.js')
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const bytes = await readInput(file)
  const plan = await naming(file, () => describe(readMidi(file, bytes, { ...midiReading(flags), log })))
  if (svg !== undefined) await writeOutput(svg, plotPlan(plan, labelOf(file)))
  await writeOutput(out, json ? `${JSON.stringify(plan)}\n` : formatPlan(plan))
}
