import { dirname } from 'node:path'
import type { SearchMethod } from '@vgm/composer'
import { searchDefaults } from '@vgm/composer/defaults'
import { probeDigest } from '@vgm/emotion'
import { type Steering, steeringToJson } from '@vgm/mlstm'
import { modelDigest } from '@vgm/nn'
import { CommandError, UsageError } from './errors.js'
import { kindOf, standardStream, writeOutput } from './files.js'
import { type EngineChoice, openEngine, type Precision } from './open-engine.js'
import { openJudge } from './open-judge.js'
import { modelFolder, readModel } from './open-model.js'
import { requireExtension, requireWritable } from './output.js'
import { withProgress } from './progress.js'
import { runSteering, unitsOf } from './run-steering.js'
import { SearchFile } from './search-file.js'
import { steeringPath } from './steering-folder.js'
import { plotSearch } from './steering-plot.js'

/** The options of `vgm steer`. */
export interface SteerFlags {
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
  readonly mode?: Steering['mode']
  readonly range?: number
  readonly seed?: number
  readonly resume?: boolean
  readonly engine: EngineChoice
  readonly precision: Precision
  readonly json?: boolean
}

/** What is aimed at. */
export interface Target {
  readonly name: string
  readonly probability: number
}

function methodOf({ method, population, mode, range, learningRate }: SteerFlags): SearchMethod {
  const foreign = method === 'genetic' ? { learningRate } : { population, mode, range }
  const [given] = Object.entries(foreign).find(([, value]) => value !== undefined) ?? []
  if (given !== undefined) {
    const option = given === 'learningRate' ? 'learning-rate' : given
    throw new UsageError(`--${option} is for --method ${method === 'genetic' ? 'gradient' : 'genetic'}`)
  }
  const { gradient, genetic } = searchDefaults
  if (method === 'gradient') return { name: method, learningRate: learningRate ?? gradient.learningRate }
  return {
    name: method,
    population: population ?? genetic.population,
    mode: mode ?? genetic.mode,
    range: range ?? genetic.range
  }
}

/** Does what `vgm steer` was asked for, and prints what came of it. */
export async function steerModel(name: string, flags: SteerFlags, signal: AbortSignal): Promise<void> {
  const method = methodOf(flags)
  const model = await readModel(name)
  const { target, seed = 0, probe, penalty, words, music, resume = false, json } = flags
  if (flags.out === undefined && (await kindOf(name)) !== 'folder') {
    throw new CommandError(`${name}: is no folder to keep a steering in; name a file with --out`)
  }
  const out = flags.out ?? steeringPath(name, target.name)
  if (out === standardStream || (await kindOf(out)) === 'folder') {
    throw new UsageError(`--out ${out}: expected a file, beside which the search is kept`)
  }
  requireExtension(out, { name: 'JSON', extensions: ['.json'] })
  if ((await kindOf(out)) === 'file') {
    throw new UsageError(`${out}: exists already; delete it, or choose another --out`)
  }
  await requireWritable(dirname(out))
  const stem = out.replace(/\.json$/, '')
  const { units } = model.config
  const folder = await modelFolder(name)
  const isGenetic = method.name === 'genetic'
  const defaults = searchDefaults[method.name]
  const effort = {
    steps: flags.steps ?? defaults.steps,
    pieces: flags.pieces ?? defaults.count,
    words,
    seed
  }
  const settings = {
    ...{ model: await modelDigest(model), target: target.probability, method, ...effort, probe, penalty },
    ...{ neurons: flags.neurons ?? null, music: music ?? null, precision: flags.precision }
  }
  const engine = await openEngine(flags.engine, {
    ...flags,
    gain: 'ONNX Runtime would search about ten times faster'
  })
  const judges = { model, folder, engine }
  const judge = await openJudge(probe, judges)
  const search = await SearchFile.open(
    `${stem}.search.json`,
    { ...settings, probeWeights: probeDigest(judge.probe) },
    resume
  )
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
  if (Math.abs(steered - target.probability) >= Math.abs(unsteered - target.probability)) {
    process.stderr.write(
      'It is no nearer to the target than without: more --steps or --pieces, or a smaller --penalty, may help.\n'
    )
  }
  process.stdout.write(
    json
      ? `${JSON.stringify({ out, steered: neurons.length, ...provenance })}\n`
      : `wrote ${out}: ${neurons.length} units; ${probe} finds ${check.pieces} new pieces ${unsteered.toFixed(3)} positive without, ${steered.toFixed(3)} with it\n`
  )
}
