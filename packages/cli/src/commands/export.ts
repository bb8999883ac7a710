import { dirname } from 'node:path'
import { Command, Option } from 'commander'
import { jsonOption, requireSentiment, sentimentOption, strengthOption } from '../flags/options.js'
import { requireExtension, requireFolder } from '../flags/output.js'
import { standardStream, writeOutput } from '../terminal/files.js'

interface ExportFlags {
  readonly format: 'onnx'
  readonly out: string
  readonly sentiment?: string
  readonly strength?: number
  readonly json?: boolean
}

const examples = `
Examples:
  vgm export pretrained --out vgm.onnx
  vgm export my-model --format onnx --out Assets/vgm.onnx
  vgm export pretrained --sentiment negative --out dungeon.onnx    composes negative music

The file computes one time step for any number of pieces side by side: from id, h and c to logits, h_next and c_next. It holds
the weights, the words, and where the model comes from. ONNX Runtime runs it in any language, and so does Unity.
docs/export.md has examples.`

/** `vgm export`. */
export function exportCommand(): Command {
  return new Command('export')
    .description('Write a model as one file that runs outside of vgm.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .requiredOption('--out <file>', 'ONNX file to write; - is standard output')
    .addOption(new Option('--format <name>', 'what kind of file').choices(['onnx']).default('onnx'))
    .addOption(sentimentOption())
    .addOption(strengthOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action(run)
}

async function run(name: string, { format, out, json, sentiment, strength }: ExportFlags): Promise<void> {
  requireSentiment(sentiment, strength)
  if (out !== standardStream) {
    requireExtension(out, { name: 'ONNX', extensions: ['.onnx'] })
    await requireFolder(dirname(out))
  }
  const [{ readModel }, { openSteering }, { writeStep }] = await Promise.all([
    import('../inputs/open-model.js'),
    import('../inputs/steering-folder.js'),
    import('../inputs/step-file.js')
  ])
  const model = await readModel(name)
  const steered =
    sentiment === undefined ? undefined : await openSteering(sentiment, { model, name, strength })
  const { bytes, inputs, outputs } = writeStep(model, steered)
  await writeOutput(out, bytes)
  const { vocabularySize, units } = model.config
  const isStream = out === standardStream
  const result = {
    model: name,
    sentiment,
    strength,
    file: out,
    format,
    bytes: bytes.length,
    vocabularySize,
    units,
    inputs,
    outputs
  }
  const megabytes = (bytes.length / 1e6).toFixed(1)
  const line = `wrote ${isStream ? 'standard output' : out}: ${vocabularySize} words, ${units} units, ${megabytes} MB\n`
  const report = isStream ? process.stderr : process.stdout
  report.write(json ? `${JSON.stringify(result)}\n` : line)
}
