import type { MlstmModel } from '@vgm/mlstm'
import { Command, Option } from 'commander'
import {
  durationsOption,
  maxBytesOption,
  midiReading,
  strictOption,
  tempoOption,
  type WordFlags
} from '../../flags/midi-options.js'
import { engineOption, integer, jsonOption, positive, seedOption, share } from '../../flags/options.js'
import type { EngineChoice } from '../../inputs/open-engine.js'
import { InterruptedError, UsageError } from '../../terminal/errors.js'
import { nameOf } from '../../terminal/files.js'
import { interruptible } from '../../terminal/interrupt.js'

interface TrainFlags extends WordFlags {
  readonly valid?: string
  readonly out: string
  readonly units?: number
  readonly embedding?: number
  readonly epochs?: number
  readonly batch?: number
  readonly window?: number
  readonly learningRate?: number
  readonly patience?: number
  readonly weightDecay?: number
  readonly dropout?: number
  readonly recurrentDropout?: number
  readonly embeddingDropout?: number
  readonly transpose?: number
  readonly seed?: number
  readonly augment: boolean
  readonly resume?: boolean
  readonly init?: string
  readonly precision?: 'f16' | 'f32'
  readonly license?: string
  readonly engine: EngineChoice
  readonly json?: boolean
}

const examples = `
Examples:
  vgm train music --valid other --units 256 --epochs 8 --out model
  vgm train music --valid other --out model --resume
  vgm train music --valid other --out model --resume --epochs 16
  vgm train shards --valid other --epochs 1 --out model
  vgm train mine --init pretrained --learning-rate 0.001 --out model

The model folder gets model.json and weights.safetensors (the best model so far), metrics.jsonl and loss.svg (how training
went), run.json (the settings) and checkpoint.safetensors, from which --resume goes on as if it had never stopped. Ctrl-C
writes a checkpoint, too.

With --resume, --epochs makes the run longer. The learning rate goes on where a run of so many epochs would have it, and
falls to 0 by the new end.

Losses are in nats per word: how surprised the model is by each next word, on average. Less is better; guessing at random
costs 5.42.`

/** `vgm train`. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Train a model on a folder of music.')
    .argument('<dir>', 'folder of MIDI files, subfolders included, or of shards (vgm dataset encode)')
    .requiredOption('--out <model>', 'model folder to write')
    .option(
      '--valid <dir>',
      'folder of MIDI files to validate on: the best model on these is kept; without them, the last'
    )
    .option('--init <model>', 'model folder whose weights to begin with; pretrained is the shipped one')
    .option('--units <n>', 'units of the LSTM: more learn more, and slower (default: 256)', integer(1))
    .option('--embedding <n>', 'numbers that stand for a word (default: 64)', integer(1))
    .option(
      '--epochs <n>',
      'how many times the music is read (default: 4, more where there is little music)',
      integer(1)
    )
    .option(
      '--batch <n>',
      'streams of music that are read side by side (default: 32, fewer where there is little music)',
      integer(1)
    )
    .option(
      '--window <n>',
      'words after which the gradient is cut (default: 256, fewer where there is little music)',
      integer(1)
    )
    .option(
      '--learning-rate <x>',
      'how far a step moves the weights at first; it falls to 0 over the run (default: 0.004)',
      positive()
    )
    .option(
      '--patience <n>',
      'stop after this many epochs without improvement on --valid; 0 never stops (default: 3)',
      integer(0)
    )
    .option(
      '--dropout <p>',
      'share of the hidden state that is left out on its way to the prediction, against overfitting (default: 0)',
      share()
    )
    .option('--recurrent-dropout <p>', 'the same, on its way to the next time step (default: 0)', share())
    .option('--embedding-dropout <p>', 'the same, of the numbers that stand for a word (default: 0)', share())
    .option(
      '--weight-decay <x>',
      'shrink the weights by this share of the learning rate in every step (default: 0)',
      share()
    )
    .option(
      '--transpose <n>',
      'move each piece by up to this many semitones, up or down, anew in every epoch (default: 4)',
      integer(0, 12)
    )
    .option('--no-augment', 'learn the pieces as they are: neither transposed nor stretched')
    .option('--resume', 'go on with the run in the model folder; with --epochs, beyond its end, too')
    .addOption(
      new Option('--precision <type>', 'how weights are stored: f16 halves the file (default: f32)').choices([
        'f16',
        'f32'
      ])
    )
    .option(
      '--license <text>',
      'terms of use to note in the model (default: those of the training data and of --init)'
    )
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(durationsOption())
    .addOption(tempoOption())
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((dir: string, flags: TrainFlags) => interruptible(signal => run(dir, flags, signal)))
}

async function run(dir: string, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const { inFlags } = await import('./train-flags.js')
  try {
    await train(dir, flags, signal)
  } catch (error) {
    throw inFlags(error)
  }
}

async function train(dir: string, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const [
    { runTraining },
    { openEngine },
    { readMusic },
    { readModel },
    { beginRun, resumeRun },
    { summarizeTraining }
  ] = await Promise.all([
    import('./run-training.js'),
    import('../../inputs/open-engine.js'),
    import('./training-music.js'),
    import('../../inputs/open-model.js'),
    import('./run-description.js'),
    import('./training-summary.js')
  ])
  const warn = (line: string) => process.stderr.write(`${line}\n`)
  const { resume, valid, out, augment, transpose, init, license, precision } = flags
  if (init !== undefined && (flags.units ?? flags.embedding) !== undefined) {
    throw new UsageError('--units and --embedding are those of the model that --init names')
  }
  const choice = { folder: dir, validation: valid, transpose: augment ? transpose : null }
  const music = await readMusic({ ...choice, reading: midiReading(flags) }, warn)
  const initial = init === undefined || resume ? null : { name: nameOf(init), model: await readModel(init) }
  const training = resume
    ? await resumeRun(out, music, { init, license, precision })
    : await beginRun(out, music, {
        initial: initial && { name: initial.name, provenance: initial.model.provenance },
        license: license ?? (initial === null ? ownTerms : termsAfter(initial)),
        precision: precision ?? 'f32'
      })
  const { units, embedding, epochs, batch, window, learningRate, patience, weightDecay, seed } = flags
  const { dropout: output, recurrentDropout: recurrent, embeddingDropout } = flags
  const dropout = definedOf({ output, recurrent, embedding: embeddingDropout })
  const end = await runTraining(training, music, {
    sizes: definedOf({ units, embedding }),
    ...(initial && { initial: initial.model }),
    settings: definedOf({ epochs, batch, window, learningRate, patience, weightDecay, dropout, seed }),
    engine: await openEngine(flags.engine, { gain: 'ONNX Runtime trains about seven times faster' }),
    signal
  })
  if (signal.aborted) {
    throw new InterruptedError(
      `stopped after step ${end.step}; the same command with --resume goes on from there`
    )
  }
  const { line, remark, data } = await summarizeTraining(out, music, end)
  if (remark !== undefined) warn(`vgm: ${remark}`)
  process.stdout.write(`${flags.json ? JSON.stringify(data) : line}\n`)
}

const ownTerms = 'as the training data'

/** The terms of a model that began with another: those of both. */
function termsAfter({ name, model }: { readonly name: string; readonly model: MlstmModel }): string {
  return model.license === ownTerms ? ownTerms : `${ownTerms}, and those of ${name}: ${model.license}`
}

/** The fields that have a value. */
function definedOf<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
