import { dirname } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import { CommandError, UsageError } from '../errors.js'
import { kindOf, writeOutput } from '../files.js'
import { interruptible } from '../interrupt.js'
import type { EngineChoice, Precision } from '../open-engine.js'
import {
  engineOption,
  integer,
  jsonOption,
  number,
  positive,
  precisionOption,
  seedOption
} from '../options.js'
import { withProgress } from '../progress.js'
import type { SearchMethod } from '../run-steering.js'

interface SteerFlags {
  readonly target: Target
  readonly out?: string
  readonly probe: string
  readonly method: SearchMethod['name']
  readonly neurons?: string
  readonly music?: string
  readonly penalty: number
  readonly steps?: number
  readonly pieces?: number
  readonly words: number
  readonly learningRate?: number
  readonly population?: number
  readonly mode?: 'add' | 'set'
  readonly range?: number
  readonly seed?: number
  readonly resume?: boolean
  readonly engine: EngineChoice
  readonly precision: Precision
  readonly json?: boolean
}

interface Target {
  readonly name: string
  readonly probability: number
}

const examples = `
Examples:
  vgm steer my-model --target positive                 writes my-model/steering/positive.json
  vgm steer my-model --target negative --music music   stays within what the music in this folder is like
  vgm steer my-model --target 0.8 --out mild.json
  vgm steer my-model --target positive --method genetic --probe valence    the paper's search

Pieces are composed, a probe judges them, and what is added to the units of the model changes until the pieces are as positive
as the target says: 1 for positive, 0 for negative. What takes them out of the ranges of real music (density, silence, repetition,
register, tempo, loudness) counts against them. The gradient moves all units at once and needs minutes; the genetic search is
that of the paper. A search that is stopped goes on with --resume. vgm generate --sentiment composes with what was found.`

/** `vgm steer`. */
export function steerCommand(): Command {
  return new Command('steer')
    .description('Find what to add to the units of a model so that it composes positive or negative music.')
    .argument('<model>', 'model folder; pretrained is the shipped one')
    .requiredOption('--target <t>', 'positive, negative, or a probability of being positive', target)
    .option(
      '--out <file>',
      'file to write (default: steering/<target>.json in the model folder; needed for pretrained)'
    )
    .option('--probe <name>', 'who judges: a probe in the model folder, or a file', 'music')
    .addOption(
      new Option('--method <name>', 'how to search').choices(['gradient', 'genetic']).default('gradient')
    )
    .option(
      '--neurons <probe>',
      'steer only the units that this probe reads (default: all; genetic: those of --probe)'
    )
    .option('--music <dir>', 'real music whose ranges are kept (default: what the model composes unsteered)')
    .option('--penalty <x>', 'what leaving the ranges costs; 0: nothing', number(0), 0.5)
    .option('--steps <n>', 'steps, or generations (default: 40; genetic: 100)', integer(1))
    .option('--pieces <n>', 'pieces per step (default: 256; genetic: 30 per individual)', integer(1))
    .option('--words <n>', 'words per piece', integer(1), 256)
    .option(
      '--learning-rate <x>',
      'gradient: how far offsets move at the first step (default: 0.004)',
      positive()
    )
    .option('--population <n>', 'genetic: individuals (default: 100)', integer(2))
    .addOption(
      new Option('--mode <m>', 'genetic: add to the units, or set them (default: add)').choices([
        'add',
        'set'
      ])
    )
    .option('--range <x>', 'genetic: genes are from -x to x (default: 2)', positive())
    .option('--resume', 'go on with a search that was stopped')
    .addOption(seedOption('0'))
    .addOption(engineOption())
    .addOption(precisionOption())
    .addOption(jsonOption())
    .addHelpText('after', examples)
    .action((model: string, flags: SteerFlags) => interruptible(signal => run(model, flags, signal)))
}

function target(text: string): Target {
  if (text === 'positive') return { name: text, probability: 1 }
  if (text === 'negative') return { name: text, probability: 0 }
  const probability = Number(text)
  if (text.trim() !== '' && probability >= 0 && probability <= 1) return { name: text.trim(), probability }
  throw new InvalidArgumentError('Expected positive, negative or a number from 0 to 1.')
}

function methodOf({ method, population, mode, range, learningRate }: SteerFlags): SearchMethod {
  const foreign = method === 'genetic' ? { learningRate } : { population, mode, range }
  const [given] = Object.entries(foreign).find(([, value]) => value !== undefined) ?? []
  if (given !== undefined) {
    const option = given === 'learningRate' ? 'learning-rate' : given
    throw new UsageError(`--${option} is for --method ${method === 'genetic' ? 'gradient' : 'genetic'}`)
  }
  if (method === 'gradient') return { name: method, learningRate: learningRate ?? 0.004 }
  return { name: method, population: population ?? 100, mode: mode ?? 'add', range: range ?? 2 }
}

async function run(name: string, flags: SteerFlags, signal: AbortSignal): Promise<void> {
  const method = methodOf(flags)
  const [
    { modelDigest },
    { modelFolder, openModel },
    { openEngine },
    { openJudge },
    { requireWritable },
    { runSteering, unitsOf },
    { SearchFile },
    { steeringPath },
    { plotSearch },
    { steeringToJson }
  ] = await Promise.all([
    import('../model-digest.js'),
    import('../open-model.js'),
    import('../open-engine.js'),
    import('../judge.js'),
    import('../output.js'),
    import('../run-steering.js'),
    import('../search-file.js'),
    import('../steering-folder.js'),
    import('../steering-plot.js'),
    import('@vgm/mlstm')
  ])
  const model = await openModel(name)
  const { target, seed = 0, probe, penalty, words, music, resume = false, json } = flags
  if (flags.out === undefined && (await kindOf(name)) !== 'folder') {
    throw new CommandError(`${name}: is no folder to keep a steering in; name a file with --out`)
  }
  const out = flags.out ?? steeringPath(name, target.name)
  await requireWritable(dirname(out))
  const stem = out.replace(/\.json$/, '')
  const { units } = model.config
  const folder = await modelFolder(name)
  const isGenetic = method.name === 'genetic'
  const effort = {
    steps: flags.steps ?? (isGenetic ? 100 : 40),
    pieces: flags.pieces ?? (isGenetic ? 30 : 256),
    words,
    seed
  }
  const settings = {
    ...{ model: modelDigest(model), target: target.probability, method, ...effort, probe, penalty },
    ...{ neurons: flags.neurons ?? null, music: music ?? null, precision: flags.precision }
  }
  const search = await SearchFile.open(`${stem}.search.json`, settings, resume)
  const engine = await openEngine(flags.engine, {
    ...flags,
    gain: 'ONNX Runtime would search about ten times faster'
  })
  const judges = { model, folder, engine, signal }
  const judge = await openJudge(probe, judges)
  const isAll = flags.neurons === undefined && !isGenetic
  const neurons = isAll
    ? Int32Array.from({ length: units }, (_, unit) => unit)
    : unitsOf(flags.neurons === undefined ? judge : await openJudge(flags.neurons, judges), units)

  const { steering, history, ranges, check } = await withProgress({ title: 'steering' }, progress =>
    runSteering(
      model,
      {
        ...{ method, effort, neurons, search, engine, signal },
        aim: { judge, target: target.probability, penalty },
        ...(music !== undefined && { music })
      },
      progress
    )
  )
  const provenance = { ...settings, model: undefined, ranges, check }
  await writeOutput(out, steeringToJson({ steering, units, model: settings.model, provenance }))
  await writeOutput(`${stem}-history.svg`, plotSearch(history, target.probability))
  await search.remove()
  const { unsteered, steered } = check.probability
  process.stdout.write(
    json
      ? `${JSON.stringify({ out, steered: neurons.length, ...provenance })}\n`
      : `wrote ${out}: ${neurons.length} units; ${probe} finds ${check.pieces} new pieces ${unsteered.toFixed(3)} positive without, ${steered.toFixed(3)} with it\n`
  )
}
