import type { MlstmModel } from '@vgm/mlstm'
import { command } from '../../flags/command.js'
import { midiReading } from '../../flags/options.js'
import { requireWritable } from '../../flags/output.js'
import { pick } from '../../flags/values.js'
import { UsageError } from '../../terminal/errors.js'
import { nameOf } from '../../terminal/files.js'
import { whenStopped } from '../../terminal/interrupt.js'
import { withProgress } from '../../terminal/progress.js'
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
      throw inFlags(error, dir, flags)
    })
  }
})

async function trainModel(dir: string, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const { plotLoss } = await import('@vgm/charts')
  const { readMusic } = await import('@vgm/dataset/node')
  const { words: tokenizer } = await import('@vgm/encoding')
  const { mlstm } = await import('@vgm/mlstm')
  const { resumeOnMusic, runTermsOf, summarizeRun, TrainingRun, trainOnMusic } = await import('@vgm/nn/node')
  const { readingFolders } = await import('../../inputs/music.js')
  const { openEngine } = await import('../../inputs/open-engine.js')
  const { readModel } = await import('../../inputs/open-model.js')
  const { remarkOn, showTraining, summaryLine } = await import('./show-training.js')
  const { resume, valid, out, augment, transpose, init, license, precision } = flags
  if (init !== undefined && (flags.units ?? flags.embedding) !== undefined) {
    throw new UsageError('--units and --embedding are those of the model that --init names')
  }
  const music = await readMusic(dir, {
    ...{ ...readingFolders(log), reading: midiReading(flags) },
    ...{ validation: valid, transpose: augment ? transpose : null }
  })
  const initial = init === undefined || resume ? null : { name: nameOf(init), model: await readModel(init) }
  const terms = {
    initial: initial && { name: initial.name, provenance: initial.model.provenance },
    license: license ?? (initial === null ? ownTerms : termsAfter(initial)),
    precision: precision ?? 'f32'
  }
  const given = { ...pick(flags, 'license', 'precision'), ...(init !== undefined && { init: nameOf(init) }) }
  const run = resume
    ? await resumeOnMusic(out, mlstm, music, given)
    : await TrainingRun.begin(out, runTermsOf(music, terms))
  await requireWritable(out)
  const engine = await openEngine({
    ...flags,
    precision: 'f32',
    gain: 'ONNX Runtime trains about seven times faster'
  })
  let step = run.checkpoint?.position.step ?? 0
  const end = await withProgress('training', progress => {
    const show = showTraining(music, engine.name, progress)
    return trainOnMusic(run, music, {
      ...{ architecture: mlstm, tokenizer, engine, signal, plot: plotLoss },
      defaults: { vocabularySize: tokenizer.vocabulary.size, embedding: 64, units: 256 },
      sizes: pick(flags, 'units', 'embedding'),
      settings: settingsOf(flags),
      initial: initial?.model,
      onEvent(event) {
        if (event.type === 'step') step = event.step
        show(event)
      }
    })
  }).catch(
    whenStopped(signal, () => `stopped after step ${step}; the same command with --resume goes on from there`)
  )
  const summary = await summarizeRun(music, end, tokenizer.vocabulary.size)
  const remark = remarkOn(summary, end.epochs)
  if (remark !== undefined) log(`vgm: ${remark}`)
  const { best, guessing } = summary
  print(flags.json, { model: out, step: end.step, best, guessing }, `${summaryLine(out, summary)}\n`)
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
