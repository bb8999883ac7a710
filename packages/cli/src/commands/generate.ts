import type { SamplingOptions } from '@vgm/mlstm'
import { Command } from 'commander'
import { leastContinuation, maxWords, sampling } from '../defaults.js'
import { interruptible } from '../interrupt.js'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../midi-options.js'
import type { EngineChoice, Precision } from '../open-engine.js'
import {
  engineOption,
  integer,
  jsonOption,
  number,
  positive,
  precisionOption,
  randomSeed,
  requireSentiment,
  seedOption,
  sentimentOption,
  strengthOption
} from '../options.js'
import { planOutputs } from '../output.js'
import { withProgress } from '../progress.js'
import { writePieces } from '../write-pieces.js'

interface GenerateFlags extends SamplingOptions, MidiFlags {
  readonly model: string
  readonly out?: string
  readonly count: number
  readonly words?: number
  readonly prime?: string
  readonly sentiment?: string
  readonly strength?: number
  readonly seed?: number
  readonly transpose?: number
  readonly grammar: boolean
  readonly engine: EngineChoice
  readonly precision: Precision
  readonly json?: boolean
}

const examples = `
Examples:
  vgm generate                                    writes vgm-<seed>.mid
  vgm generate --seed 7 --out tune.mid            the same seed gives the same file
  vgm generate --sentiment negative               composes negative music
  vgm generate --sentiment positive --strength 0.5   and positive music, not quite as much
  vgm generate --count 8 --out tunes              writes tunes/piece-1.mid to tunes/piece-8.mid
  vgm generate --prime tune.mid --words 500       goes on where tune.mid ends
  vgm generate --out - | timidity -               plays it at once

Without --words a piece ends where the model ends it, after at most ${maxWords} words; with it, notes that still sound
then sound out. A prime is part of the file that is written, as the model reads it: on one piano, in sixteenths. It is
continued by at least ${leastContinuation} words. What is steered is what comes after the prime, and how the prime is read. Steered
pieces keep to few keys, whichever suit the model; so each is transposed, by -5 to 6 semitones as the seed decides.`

/** `vgm generate`. */
export function generateCommand(): Command {
  return new Command('generate')
    .description('Compose MIDI files.')
    .option('--out <path>', 'file, folder or - (standard output) to write to (default: vgm-<seed>.mid)')
    .option('--model <dir>', 'model folder; pretrained is the shipped one', 'pretrained')
    .option('--count <n>', 'how many pieces; more than one go into a folder', integer(1, 10_000), 1)
    .option('--words <n>', 'compose this many words, then let the piece end', integer(1))
    .option(
      '--temperature <x>',
      'below 1 safer, above 1 wilder, 0 always the likeliest word',
      number(0),
      sampling.temperature
    )
    .option('--top-k <n>', 'draw only among the n likeliest words', integer(1), sampling.topK)
    .option(
      '--top-p <p>',
      'draw only among the likeliest words that together reach this probability',
      positive(1),
      sampling.topP
    )
    .addOption(sentimentOption())
    .addOption(strengthOption())
    .option('--prime <file>', 'MIDI file that every piece begins with and goes on from; - is standard input')
    .option(
      '--transpose <n>',
      'semitones to move the pieces by, -24 to 24 (default: 0; with --sentiment and no prime the seed decides)',
      integer(-24, 24)
    )
    .option('--no-grammar', 'let the model write words where they make no sense')
    .addOption(seedOption('by chance, and printed'))
    .addOption(engineOption())
    .addOption(precisionOption())
    .addOption(strictOption())
    .addOption(maxBytesOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((flags: GenerateFlags) => interruptible(signal => run(flags, signal)))
}

async function run(flags: GenerateFlags, signal: AbortSignal): Promise<void> {
  const { count, words, seed = randomSeed(), temperature, topK, topP, sentiment, strength } = flags
  requireSentiment(sentiment, strength)
  const files = await planOutputs(flags.out, count, `vgm-${seed}`)
  const [{ compose }, { openEngine }, { openModel }, { readPiece }, { openSteering }] = await Promise.all([
    import('../compose.js'),
    import('../open-engine.js'),
    import('../open-model.js'),
    import('../music.js'),
    import('../steering-folder.js')
  ])
  const reading = {
    ...midiReading(flags),
    trimStart: true,
    log: (line: string) => process.stderr.write(`${line}\n`)
  }
  const prime = flags.prime === undefined ? undefined : (await readPiece(flags.prime, reading)).ids
  const model = await openModel(flags.model)
  const steered =
    sentiment === undefined
      ? undefined
      : await openSteering(sentiment, { model, name: flags.model, strength })
  const engine = await openEngine(flags.engine, flags)

  const start = performance.now()
  const pieces = await withProgress({ title: 'composing', isOpen: words === undefined }, progress =>
    compose(model, {
      count,
      seed,
      maxWords,
      usesGrammar: flags.grammar,
      transposition: flags.transpose ?? (steered !== undefined && prime === undefined ? 'any' : 0),
      engine,
      signal,
      onProgress(done) {
        const rate = Math.round(done / ((performance.now() - start) / 1000))
        progress.update(done / (count * (words ?? maxWords)), `${done} words | ${rate} words/s`)
      },
      ...(words !== undefined && { words }),
      ...(prime && { prime }),
      ...(steered && { steering: steered.steering }),
      ...(temperature !== undefined && { temperature }),
      ...(topK !== undefined && { topK }),
      ...(topP !== undefined && { topP })
    })
  )
  await writePieces(files, pieces, { model: flags.model, sentiment, strength, seed, json: flags.json })
}
