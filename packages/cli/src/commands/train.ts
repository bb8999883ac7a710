import type { Model, TrainEvent, TrainSettings, Weights } from '@vgm/mlstm'
import type { BackendChoice } from '@vgm/mlstm/node'
import { Command, Option } from 'commander'
import { InterruptedError } from '../errors.js'
import { nameOf } from '../files.js'
import { interruptible } from '../interrupt.js'
import { backendOption, integer, jsonOption, number, seedOption } from '../options.js'
import { createProgress } from '../progress.js'

interface TrainFlags {
  readonly valid?: string
  readonly out: string
  readonly units: number
  readonly embedding: number
  readonly epochs?: number
  readonly batch?: number
  readonly window?: number
  readonly learningRate?: number
  readonly patience?: number
  readonly seed?: number
  readonly augment: boolean
  readonly resume?: boolean
  readonly precision: 'f16' | 'f32'
  readonly license: string
  readonly backend: BackendChoice
  readonly json?: boolean
}

const examples = `
Examples:
  vgm train music/train --valid music/valid --units 256 --epochs 8 --out my-model
  vgm train music/train --valid music/valid --out my-model --resume

In the model folder: model.json and weights.safetensors, the best model so far; metrics.jsonl and loss.svg; and
checkpoint.safetensors, from which --resume goes on as if it had never stopped. Ctrl-C writes one, too.`

/** `vgm train`. */
export function trainCommand(): Command {
  return new Command('train')
    .description('Train a model on a folder of MIDI files.')
    .argument('<dir>', 'folder of MIDI files, subfolders included')
    .requiredOption('--out <model>', 'the model folder to write')
    .option('--valid <dir>', 'MIDI files to validate on; without them the last epoch counts as the best')
    .option('--units <n>', 'units of the LSTM', integer(1), 256)
    .option('--embedding <n>', "width of a word's embedding", integer(1), 64)
    .option('--epochs <n>', 'walks through the music (default: 4)', integer(1))
    .option('--batch <n>', 'lanes that are read side by side (default: 32)', integer(1))
    .option('--window <n>', 'words after which the gradient is cut (default: 256)', integer(1))
    .option('--learning-rate <x>', 'at the start; it falls to 0 over the run (default: 0.004)', number(0))
    .option(
      '--patience <n>',
      'stop after this many epochs without improvement, 0 never (default: 3)',
      integer(0)
    )
    .option('--no-augment', 'learn the pieces as they are, not transposed and stretched anew in every epoch')
    .option('--resume', 'go on where a run in the model folder was stopped')
    .addOption(
      new Option('--precision <type>', 'how weights are stored').choices(['f16', 'f32']).default('f32')
    )
    .option('--license <text>', 'terms of use to note in the model', 'as the training data')
    .addOption(seedOption('0'))
    .addOption(backendOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((dir: string, flags: TrainFlags) => interruptible(signal => run(dir, flags, signal)))
}

async function run(dir: string, flags: TrainFlags, signal: AbortSignal): Promise<void> {
  const [
    { augment, augmentationSemitones, augmentationTempoFactors, encode, vocabulary },
    mlstm,
    { nodeEngine }
  ] = await Promise.all([import('@vgm/encoding'), import('@vgm/mlstm'), import('@vgm/mlstm/node')])
  const { digestOf, TrainingRun } = await import('../training-run.js')
  const { readPieces } = await import('../music.js')

  const warn = (line: string) => process.stderr.write(`${line}\n`)
  const pieces = await readPieces(dir, warn)
  const validation =
    flags.valid === undefined ? undefined : (await readPieces(flags.valid, warn)).map(piece => piece.ids)
  const description = {
    augment: flags.augment,
    training: digestOf(pieces.map(piece => piece.ids)),
    validation: validation === undefined ? null : digestOf(validation)
  }
  const open = flags.resume ? TrainingRun.resume : TrainingRun.begin
  const training = await open(flags.out, description)
  const engine = await nodeEngine(flags.backend)

  const config = { vocabularySize: vocabulary.size, embedding: flags.embedding, units: flags.units }
  const words = pieces.reduce((total, piece) => total + piece.ids.length, 0)
  const begun = training.checkpoint
  const settings: TrainSettings = begun?.settings ?? {
    ...mlstm.defaultTrainSettings,
    ...(flags.epochs !== undefined && { epochs: flags.epochs }),
    ...(flags.batch !== undefined && { lanes: flags.batch }),
    ...(flags.window !== undefined && { window: flags.window }),
    ...(flags.learningRate !== undefined && { learningRate: flags.learningRate }),
    ...(flags.patience !== undefined && { patience: flags.patience }),
    ...(flags.seed !== undefined && { seed: flags.seed })
  }
  const modelOf = (weights: Weights, epoch: number, metrics: Model['metrics']): Model => ({
    config: begun?.config ?? config,
    vocabulary: { name: vocabulary.name, hash: vocabulary.hash },
    weights,
    metrics,
    license: flags.license,
    provenance: {
      data: { training: nameOf(dir), pieces: pieces.length, words, digest: description.training },
      augmentation: flags.augment
        ? 'transposed by −4 to +4 semitones, tempo × 0.95 to 1.05, anew per epoch'
        : 'none',
      settings,
      epoch,
      engine: engine.name
    }
  })
  const type = flags.precision === 'f16' ? 'F16' : 'F32'

  const progress = createProgress('training')
  progress.log(
    `${pieces.length} pieces, ${words} words; ${mlstm.parameterCount(begun?.config ?? config)} parameters on ${engine.name}` +
      (begun === undefined ? '' : `; going on after step ${begun.position.step}`)
  )
  const events = mlstm.train(
    begun?.config ?? config,
    {
      size: pieces.length,
      piece(index, random) {
        const { score, ids } = pieces[index]!
        if (!flags.augment) return ids
        const semitones = augmentationSemitones[random.below(augmentationSemitones.length)]!
        const tempoFactor = augmentationTempoFactors[random.below(augmentationTempoFactors.length)]!
        return encode(augment(score, { semitones, tempoFactor }))
      }
    },
    {
      ...settings,
      engine,
      endOfPiece: vocabulary.idOf('\n'),
      signal,
      ...(validation && { validation }),
      ...(begun && { resume: begun })
    }
  )

  let last: Extract<TrainEvent, { type: 'step' }> | undefined
  let best = begun?.position.best ?? null
  let time = performance.now()
  try {
    for await (const event of events) {
      switch (event.type) {
        case 'step': {
          const now = performance.now()
          const wordsPerSecond = Math.round(event.words / ((now - time) / 1000))
          time = now
          last = event
          const { step, loss, norm, learningRate } = event
          training.record({
            step,
            epoch: event.progress * settings.epochs,
            loss,
            norm,
            learningRate,
            wordsPerSecond
          })
          progress.update(
            event.progress,
            `epoch ${event.epoch}/${settings.epochs} | loss ${loss.toFixed(3)} | ${wordsPerSecond} words/s`
          )
          break
        }
        case 'epoch':
          progress.log(`epoch ${event.epoch}: training loss ${event.loss.toFixed(4)}`)
          break
        case 'validation': {
          const { epoch, crossEntropy, improved } = event
          training.record({ step: last?.step ?? begun?.position.step ?? 0, epoch, validation: crossEntropy })
          progress.log(
            `epoch ${epoch}: validation ${crossEntropy.toFixed(4)} nats per word${improved ? ', the best so far' : ''}`
          )
          if (improved === undefined) break
          best = { crossEntropy, epoch }
          await training.saveModel(modelOf(improved, epoch, { validationCrossEntropy: crossEntropy }), type)
          time = performance.now()
          break
        }
        case 'checkpoint': {
          const { checkpoint } = event
          await training.saveCheckpoint(checkpoint)
          if (validation === undefined) {
            await training.saveModel(
              modelOf(mlstm.toWeights(checkpoint.arrays), checkpoint.position.epoch, {}),
              type
            )
          }
          time = performance.now()
        }
      }
    }
  } finally {
    progress.stop()
  }
  if (signal.aborted) {
    throw new InterruptedError(
      `stopped after step ${last?.step ?? 0}; go on with: vgm train ${dir} --out ${flags.out} --resume`
    )
  }
  const result = { model: flags.out, units: (begun?.config ?? config).units, best }
  const score =
    best === null ? '' : `, validation ${best.crossEntropy.toFixed(4)} nats per word (epoch ${best.epoch})`
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `wrote ${flags.out}${score}\n`)
}
