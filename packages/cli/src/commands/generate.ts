import type { Piece, ShortPieceError } from '@vgm/composer'
import { leastContinuation, leastNotes, maxWords, sampling } from '@vgm/composer/defaults'
import type { SamplingOptions } from '@vgm/nn'
import { Command } from 'commander'
import { type MidiFlags, maxBytesOption, midiReading, strictOption } from '../flags/midi-options.js'
import {
  engineOption,
  given,
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
} from '../flags/options.js'
import { planOutputs } from '../flags/output.js'
import type { EngineChoice, Precision } from '../inputs/open-engine.js'
import { UsageError } from '../terminal/errors.js'
import { interruptible } from '../terminal/interrupt.js'
import { withProgress } from '../terminal/progress.js'
import { countNoun } from '../terminal/text.js'
import { type FailedPiece, type WrittenPiece, writePieces } from '../views/write-pieces.js'

interface GenerateFlags extends SamplingOptions, MidiFlags {
  readonly model: string
  readonly out?: string
  readonly count: number
  readonly only?: number
  readonly words?: number
  readonly prime?: string
  readonly withoutPrime?: boolean
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
  vgm generate --sentiment positive --strength 0.5   composes somewhat positive music
  vgm generate --count 8 --out tunes              writes tunes/piece-1.mid to tunes/piece-8.mid
  vgm generate --count 8 --seed 7 --only 3        composes the third of them alone
  vgm generate --prime tune.mid --words 500       goes on where tune.mid ends
  vgm generate --prime tune.mid --without-prime   writes only what is new
  vgm generate --out - | timidity -               plays it straight away

The model writes words: a note, its length, its loudness, the tempo, or a step of a sixteenth. A bar has about 30 of them.
Without --words a piece ends where the model ends it, after at least ${leastNotes} notes, and is cut after ${maxWords} words. With --words,
notes that still sound then sound out.

A prime is part of the file, as the model reads it: on one piano, in sixteenths. It is continued by at least
${leastContinuation} words. With --sentiment only what comes after the prime changes.

Files are written when all pieces are done.

Steered pieces keep to the few keys that suit the model. So each is moved by -5 to 6 semitones, as the seed decides.`

/** `vgm generate`. */
export function generateCommand(): Command {
  return new Command('generate')
    .description('Compose MIDI files.')
    .option('--out <path>', 'MIDI file or folder to write; - is standard output (default: vgm-<seed>.mid)')
    .option('--model <dir>', 'model folder; pretrained is the shipped one', 'pretrained')
    .option('--count <n>', 'how many pieces; more than one go into a folder', integer(1, 10_000), 1)
    .option('--only <n>', 'compose piece n of --count alone: the same file as among all', integer(1))
    .option(
      '--words <n>',
      'compose this many words, then end the piece (default: the model ends it)',
      integer(1)
    )
    .option(
      '--temperature <x>',
      'how daring: below 1 is safer, above 1 wilder, 0 takes the likeliest word',
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
    .option('--without-prime', 'write only what comes after the prime')
    .option(
      '--transpose <n>',
      'semitones to move the pieces by, -24 to 24 (default: 0; with --sentiment and no prime the seed decides)',
      integer(-24, 24)
    )
    .option('--no-grammar', 'also allow words that make no sense where they stand')
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
  const { count, only, words, seed = randomSeed(), temperature, topK, topP, sentiment, strength } = flags
  requireSentiment(sentiment, strength)
  if (flags.withoutPrime && flags.prime === undefined) {
    throw new UsageError('--without-prime leaves out a --prime: name one')
  }
  if (only !== undefined && (count === 1 || only > count)) {
    throw new UsageError(
      count === 1
        ? `--only ${only} is one piece of several: say of how many with --count`
        : `--only expected a number from 1 to ${count}, which is --count, got ${only}`
    )
  }
  const files = await planOutputs(flags.out, count, `vgm-${seed}`, only)
  const [{ openComposer }, { openEngine }, { readModel }, { readPiece }, { openSteering }] =
    await Promise.all([
      import('@vgm/composer'),
      import('../inputs/open-engine.js'),
      import('../inputs/open-model.js'),
      import('../inputs/music.js'),
      import('../inputs/steering-folder.js')
    ])
  const log = (line: string) => process.stderr.write(`${line}\n`)
  const reading = { ...midiReading(flags), trimStart: true, log }
  const prime = flags.prime === undefined ? undefined : (await readPiece(flags.prime, reading)).ids
  const { model: name, transpose, withoutPrime } = flags
  const model = await readModel(name)
  const steered =
    sentiment === undefined ? undefined : await openSteering(sentiment, { model, name, strength })
  const composer = await openComposer({ model, engine: await openEngine(flags.engine, flags) })

  const start = performance.now()
  const total = files.length * (words ?? maxWords)
  const first = only === undefined ? undefined : only - 1
  const pieces = await withProgress({ title: 'composing', isOpen: words === undefined }, ({ update }) =>
    composer.composeAll({
      ...{ count: files.length, seed, grammar: flags.grammar, signal },
      ...given({ first, words, prime, withoutPrime, transpose, temperature, topK, topP }),
      ...(steered && { steering: steered.steering }),
      onProgress({ done }) {
        const rate = Math.round(done / ((performance.now() - start) / 1000))
        update(done / total, `${done} words | ${rate} words/s`)
      }
    })
  )
  const { license } = model
  process.stderr.write(`terms of the model: ${license}\n`)
  const origin = { model: name, license, sentiment, strength, seed }
  await writePieces(files, pieces.map(writtenPiece), { ...origin, json: flags.json })
}

/** A piece as it is written, or in the words of the command why it is too short to be one. */
function writtenPiece(piece: Piece | ShortPieceError): WrittenPiece | FailedPiece {
  if (!('code' in piece)) {
    const { score: _, words, ...content } = piece
    return { ...content, words: words.length }
  }
  const { notes, isEnded } = piece
  if (notes === 0) return { problem: 'no notes came out; allow more --words, or take another --seed' }
  const how = isEnded ? 'the model ended it' : 'it was cut'
  return { problem: `${how} after ${countNoun(notes, 'note')}; say how many --words, or take another --seed` }
}
