import { leastContinuation, leastNotes, maxWords } from '@vgm/composer/defaults'
import { command } from '../../flags/command.js'
import * as common from '../../flags/options.js'
import { planOutputs } from '../../flags/output.js'
import { pick, type Values } from '../../flags/values.js'
import { UsageError } from '../../terminal/errors.js'
import { log } from '../../terminal/text.js'
import { writePieces } from '../../views/write-pieces.js'
import { options } from './generate-options.js'

const help = `
Examples:
  vgm generate --bars 16 --seed 7 --out tune.mid
  vgm generate --sentiment negative --count 8 --out tunes    writes tunes/piece-1.mid to tunes/piece-8.mid
  vgm generate --prime tune.mid --plan plan.txt              continues tune.mid, to a plan of vgm describe

transformer composes to a plan for every bar: of --plan, or of a real piece. --bars, --plan, --best-of, --guidance and --tempo are for it.
--words, --sentiment, --strength, --without-prime and --no-grammar are for pretrained: it ends a piece after at least ${leastNotes} notes, is cut
after ${maxWords} words, and continues a prime by at least ${leastContinuation}. Files are written when all pieces are done.`

/** `vgm generate`. */
export const generate = command({ name: 'generate', description: 'Compose MIDI files.', options, help, run })

const ofWords = { words: '--words', sentiment: '--sentiment', withoutPrime: '--without-prime' } as const
const ofPlans = {
  bars: '--bars',
  plan: '--plan',
  bestOf: '--best-of',
  guidance: '--guidance',
  tempo: '--tempo'
} as const

/** The first of these options that is given. */
function firstGiven(flags: object, options: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(options).find(([key]) => (flags as Record<string, unknown>)[key] !== undefined)?.[1]
}

async function run(flags: Values<typeof options>, signal: AbortSignal): Promise<void> {
  requireFit(flags)
  const { count, only, seed = common.randomSeed() } = flags
  const wordsOption = firstGiven(flags, ofWords) ?? (flags.grammar ? undefined : '--no-grammar')
  const { isMlstm, plannedModel, readAnyModel, shippedModel } = await import('../../inputs/open-model.js')
  const name = flags.model ?? (wordsOption === undefined ? plannedModel : shippedModel)
  const files = await planOutputs(flags.out, count, `vgm-${seed}`, only)
  const model = await readAnyModel(name)
  const follows = !isMlstm(model)
  const misplaced = follows ? wordsOption : firstGiven(flags, ofPlans)
  if (misplaced !== undefined) {
    const needed = follows
      ? `does not follow plans, such as ${shippedModel}`
      : `follows plans, such as ${plannedModel}`
    throw new UsageError(`${misplaced} needs a model that ${needed}`)
  }
  const { composePlanned } = await import('./compose-planned.js')
  const { composeWords } = await import('./compose-words.js')
  const first = only === undefined ? 0 : only - 1
  const asked = { flags, name, count: files.length, first, seed, signal }
  const pieces = isMlstm(model) ? await composeWords(model, asked) : await composePlanned(model, asked)
  log(`terms of the model: ${model.license}`)
  const origin = { model: name, license: model.license, ...pick(flags, 'sentiment', 'strength'), seed }
  await writePieces(files, pieces, { ...origin, json: flags.json })
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
