import { Command } from 'commander'
import {
  durationsOption,
  maxBytesOption,
  midiReading,
  strictOption,
  tempoOption,
  type WordFlags
} from '../flags/midi-options.js'
import { engineOption, jsonOption, precisionOption } from '../flags/options.js'
import type { EngineChoice, Precision } from '../inputs/open-engine.js'
import { interruptible } from '../terminal/interrupt.js'
import { withProgress } from '../terminal/progress.js'
import { countNoun } from '../terminal/text.js'

interface EvaluateFlags extends WordFlags {
  readonly engine: EngineChoice
  readonly precision: Precision
  readonly json?: boolean
}

const examples = `
Examples:
  vgm evaluate my-model music/test
  vgm evaluate pretrained music/test --json

Each piece is read from its beginning on its own. Perplexity is the number of equally likely words among which the model is
as good as guessing.`

/** `vgm evaluate`. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Measure how well a model predicts a folder of MIDI files.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .argument('<dir>', 'folder of MIDI files, subfolders included')
    .addOption(engineOption())
    .addOption(precisionOption())
    .addOption(durationsOption())
    .addOption(tempoOption())
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((model: string, dir: string, flags: EvaluateFlags) =>
      interruptible(signal => run(model, dir, flags, signal))
    )
}

async function run(name: string, dir: string, flags: EvaluateFlags, signal: AbortSignal): Promise<void> {
  const [{ vocabulary }, { evaluate, openModel }, { openEngine }, { readModel }, { readPieces }] =
    await Promise.all([
      import('@vgm/encoding'),
      import('@vgm/nn'),
      import('../inputs/open-engine.js'),
      import('../inputs/open-model.js'),
      import('../inputs/music.js')
    ])
  const model = await readModel(name)
  // As training music: without empty bars at the beginning.
  const reading = { ...midiReading(flags), trimStart: true }
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const pieces = await readPieces(dir, log, undefined, reading)
  const opened = await openModel(model, { engine: await openEngine(flags.engine, flags) })
  const total = pieces.reduce((sum, { ids }) => sum + ids.length, 0)

  // The first report comes after what is compiled once; where it is the only one, that time counts, too.
  const start = { words: 0, time: performance.now() }
  let first: typeof start | undefined
  const rateOf = (words: number) => {
    const from = first === undefined || first.words === words ? start : first
    return Math.round((words - from.words) / ((performance.now() - from.time) / 1000))
  }
  const measured = await withProgress({ title: 'evaluating' }, progress =>
    evaluate(
      opened,
      pieces.map(({ ids }) => ids),
      {
        endOfPiece: vocabulary.idOf('\n'),
        signal,
        onProgress({ done: words }) {
          progress.update(words / total, `${words} words | ${rateOf(words)} words/s`)
          first ??= { words, time: performance.now() }
        }
      }
    )
  )
  const { crossEntropy, perplexity, words } = measured
  const wordsPerSecond = rateOf(words)
  const result = { model: name, data: dir, pieces: pieces.length, words, crossEntropy, perplexity }
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ ...result, wordsPerSecond })}\n`
      : `cross-entropy  ${crossEntropy.toFixed(4)} nats per word\n` +
          `perplexity     ${perplexity.toFixed(3)}\n` +
          `words          ${words} in ${countNoun(pieces.length, 'piece')}\n` +
          `speed          ${wordsPerSecond} words/s\n`
  )
}
