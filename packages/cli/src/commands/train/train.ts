import type { MlstmModel } from '@vgm/mlstm'
import { command } from '../../flags/command.js'
import { midiReading } from '../../flags/options.js'
import { pick } from '../../flags/values.js'
import { InterruptedError, UsageError } from '../../terminal/errors.js'
import { nameOf } from '../../terminal/files.js'
import { log, print } from '../../terminal/text.js'
import { type TrainFlags, trainOptions } from './train-options.js'

const help = `
Examples:
  vgm train music --valid other --units 256 --epochs 8 --out model
  vgm train music --valid other --out model --resume --epochs 16
  vgm train mine --init pretrained --learning-rate 0.001 --out model

The model folder gets model.json and weights.safetensors (the best model so far), metrics.jsonl and loss.svg (how training
went), run.json (the settings) and checkpoint.safetensors, from which --resume goes on as if it had never stopped. Ctrl-C
writes a checkpoint, too.

With --resume, --epochs makes the run longer. The learning rate goes on where a run of so many epochs would have it, and
falls to 0 by the new end.

Losses are in nats per word: how surprised the model is by each next word, on average. Less is better; guessing at random
costs 5.42.`

/** `vgm train`. */
export const train = command({
  name: 'train',
  description: 'Train a model on a folder of music.',
  arguments: [['<dir>', 'folder of MIDI files, subfolders included, or of shards (vgm dataset encode)']],
  options: trainOptions,
  help,
  async run(dir, flags, signal) {
    const { inFlags } = await import('./train-flags.js')
    await trainModel(dir, flags, signal).catch((error: unknown) => {
      throw inFlags(error)
    })
  }
})

async function trainModel(dir: string, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const { runTraining } = await import('./run-training.js')
  const { openEngine } = await import('../../inputs/open-engine.js')
  const { readMusic } = await import('./training-music.js')
  const { readModel } = await import('../../inputs/open-model.js')
  const { beginRun, resumeRun } = await import('./run-description.js')
  const { summarizeTraining } = await import('./training-summary.js')
  const { resume, valid, out, augment, transpose, init, license, precision } = flags
  if (init !== undefined && (flags.units ?? flags.embedding) !== undefined) {
    throw new UsageError('--units and --embedding are those of the model that --init names')
  }
  const choice = { folder: dir, validation: valid, transpose: augment ? transpose : null }
  const music = await readMusic({ ...choice, reading: midiReading(flags) }, log)
  const initial = init === undefined || resume ? null : { name: nameOf(init), model: await readModel(init) }
  const training = resume
    ? await resumeRun(out, music, {
        ...pick(flags, 'license', 'precision'),
        ...(init !== undefined && { init })
      })
    : await beginRun(out, music, {
        initial: initial && { name: initial.name, provenance: initial.model.provenance },
        license: license ?? (initial === null ? ownTerms : termsAfter(initial)),
        precision: precision ?? 'f32'
      })
  const end = await runTraining(training, music, {
    sizes: pick(flags, 'units', 'embedding'),
    ...(initial && { initial: initial.model }),
    settings: settingsOf(flags),
    engine: await openEngine({ engine: flags.engine, gain: 'ONNX Runtime trains about seven times faster' }),
    signal
  })
  if (signal.aborted) {
    throw new InterruptedError(
      `stopped after step ${end.step}; the same command with --resume goes on from there`
    )
  }
  const { line, remark, data } = await summarizeTraining(out, music, end)
  if (remark !== undefined) log(`vgm: ${remark}`)
  print(flags.json, data, `${line}\n`)
}

const ownTerms = 'as the training data'

/** The terms of a model that began with another: those of both. */
function termsAfter({ name, model }: { readonly name: string; readonly model: MlstmModel }): string {
  return model.license === ownTerms ? ownTerms : `${ownTerms}, and those of ${name}: ${model.license}`
}

function settingsOf(flags: TrainFlags) {
  const { dropout: output, recurrentDropout: recurrent, embeddingDropout: embedding } = flags
  const dropouts = { output, recurrent, embedding }
  return {
    ...pick(flags, 'epochs', 'batch', 'window', 'learningRate', 'patience', 'weightDecay', 'seed'),
    dropout: pick(dropouts, 'output', 'recurrent', 'embedding')
  }
}
