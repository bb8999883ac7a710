import type { Piece, ShortPieceError } from '@vgm/composer'
import { leastContinuation, leastNotes, maxWords, sampling } from '@vgm/composer/defaults'
import { command } from '../flags/command.js'
import * as common from '../flags/options.js'
import { planOutputs } from '../flags/output.js'
import { integer, number, off, on, pick, text, type Values } from '../flags/values.js'
import { UsageError } from '../terminal/errors.js'
import { withProgress } from '../terminal/progress.js'
import { countNoun, log } from '../terminal/text.js'
import { type FailedPiece, type WrittenPiece, writePieces } from '../views/write-pieces.js'

const options = {
  out: text('path', 'MIDI file or folder to write; - is standard output (default: vgm-<seed>.mid)'),
  model: text('dir', common.modelArgument[1], { default: 'pretrained' }),
  count: integer('n', 'how many pieces; more than one go into a folder', { max: 10_000, default: 1 }),
  only: integer('n', 'compose piece n of --count alone: the same file as among all'),
  words: integer('n', 'compose this many words, then end the piece (default: the model ends it)'),
  temperature: number('x', 'how daring: below 1 is safer, above 1 wilder, 0 takes the likeliest word', {
    range: 'of at least 0',
    default: sampling.temperature as number
  }),
  topK: integer('n', 'draw only among the n likeliest words'),
  topP: number('p', 'draw only among the likeliest words that together reach this probability', {
    range: 'above 0, at most 1'
  }),
  ...common.steering,
  prime: text('file', 'MIDI file that every piece begins with and continues; - is standard input'),
  withoutPrime: on('write only what comes after the prime'),
  transpose: integer(
    'n',
    'semitones to move the pieces by, -24 to 24 (default: 0; with --sentiment and no prime the seed decides)',
    { min: -24, max: 24 }
  ),
  grammar: off('also allow words that make no sense where they stand'),
  seed: common.seedOf('by chance, and printed'),
  engine: common.engine,
  precision: common.precision,
  ...common.midiFlags,
  json: common.json
}

const help = `
Examples:
  vgm generate --sentiment negative --seed 7 --out tune.mid
  vgm generate --count 8 --out tunes              writes tunes/piece-1.mid to tunes/piece-8.mid
  vgm generate --prime tune.mid --words 500       continues tune.mid

A bar has about 30 words. Without --words the model ends a piece after at least ${leastNotes} notes; it is cut after ${maxWords} words. A
prime is continued by at least ${leastContinuation} words. Files are written when all pieces are done.

Steered pieces keep to the few keys that suit the model, so each is moved by -5 to 6 semitones, as the seed decides.`

/** `vgm generate`. */
export const generate = command({ name: 'generate', description: 'Compose MIDI files.', options, help, run })

async function run(flags: Values<typeof options>, signal: AbortSignal): Promise<void> {
  requireFit(flags)
  const { count, only, words, seed = common.randomSeed(), sentiment, model: name } = flags
  const files = await planOutputs(flags.out, count, `vgm-${seed}`, only)
  const { openComposer } = await import('@vgm/composer')
  const { openEngine } = await import('../inputs/open-engine.js')
  const { readModel } = await import('../inputs/open-model.js')
  const { readPiece } = await import('../inputs/music.js')
  const { openSteering } = await import('../inputs/steering-folder.js')
  const reading = { ...common.midiReading(flags), trimStart: true, log }
  const prime = flags.prime === undefined ? undefined : (await readPiece(flags.prime, reading)).ids
  const model = await readModel(name)
  const steered =
    sentiment === undefined ? undefined : await openSteering(sentiment, { ...flags, model, name })
  const composer = await openComposer({ model, engine: await openEngine(flags) })
  const isOpen = words === undefined
  const total = files.length * (words ?? maxWords)
  const pieces = await withProgress(
    'composing',
    ({ show }) =>
      composer.composeAll({
        ...{ count: files.length, seed, grammar: flags.grammar, signal },
        ...pick(flags, 'words', 'withoutPrime', 'transpose', 'temperature', 'topK', 'topP'),
        ...(prime && { prime }),
        ...(only !== undefined && { first: only - 1 }),
        ...(steered && { steering: steered.steering }),
        onProgress: progress => show(isOpen ? progress : { ...progress, total })
      }),
    isOpen
  )
  log(`terms of the model: ${model.license}`)
  const origin = { model: name, license: model.license, ...pick(flags, 'sentiment', 'strength'), seed }
  await writePieces(files, pieces.map(writtenPiece), { ...origin, json: flags.json })
}

/** @throws {UsageError} for options that do not go together. */
function requireFit(flags: Values<typeof options>): void {
  const { count, only, withoutPrime, prime } = flags
  common.requireSentiment(flags)
  if (withoutPrime && prime === undefined)
    throw new UsageError('--without-prime leaves out a --prime: name one')
  if (only === undefined || (count > 1 && only <= count)) return
  throw new UsageError(
    count === 1
      ? `--only ${only} is one piece of several: say of how many with --count`
      : `--only expected a number from 1 to ${count}, which is --count, got ${only}`
  )
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
