import { dirname } from 'node:path'
import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { requireExtension, requireFolder } from '../flags/output.js'
import { oneOf, text, type Values } from '../flags/values.js'
import { nameOf, standardStream, writeOutput } from '../terminal/files.js'
import { print } from '../terminal/text.js'

const options = {
  out: text('file', 'ONNX file to write; - is standard output', { isRequired: true }),
  format: oneOf('name', ['onnx'], 'what kind of file', { default: 'onnx' }),
  ...common.steering,
  json: common.json
}

const help = `
Examples:
  vgm export pretrained --out vgm.onnx
  vgm export pretrained --sentiment negative --out dungeon.onnx    composes negative music

The file computes one time step for any number of pieces side by side: from id, h and c to logits, h_next and c_next. It holds
the weights, the words, and where the model comes from. ONNX Runtime runs it in any language, and so does Unity.
docs/export.md has examples.`

/** `vgm export`. */
export const exportModel = command({
  name: 'export',
  description: 'Write a model as one file that runs outside of vgm.',
  arguments: [common.modelArgument],
  options,
  help,
  run
})

async function run(name: string, flags: Values<typeof options>): Promise<void> {
  common.requireSentiment(flags)
  const { format, out, json, sentiment, strength } = flags
  if (out !== standardStream) {
    requireExtension(out, { name: 'ONNX', extensions: ['.onnx'] })
    await requireFolder(dirname(out))
  }
  const { readModel } = await import('../inputs/open-model.js')
  const { openSteering } = await import('../inputs/steering-folder.js')
  const { exportStep } = await import('@vgm/composer/node')
  const model = await readModel(name)
  const steered =
    sentiment === undefined ? undefined : await openSteering(sentiment, { ...flags, model, name })
  const { bytes, inputs, outputs } = exportStep(
    model,
    steered && { ...steered, name: nameOf(steered.sentiment) }
  )
  await writeOutput(out, bytes)
  const { vocabularySize, units } = model.config
  const isStream = out === standardStream
  const result = {
    ...{ model: name, sentiment, strength, file: out, format, bytes: bytes.length },
    ...{ vocabularySize, units, inputs, outputs }
  }
  const megabytes = (bytes.length / 1e6).toFixed(1)
  const line = `wrote ${isStream ? 'standard output' : out}: ${vocabularySize} words, ${units} units, ${megabytes} MB\n`
  print(json, result, line, isStream ? process.stderr : process.stdout)
}
