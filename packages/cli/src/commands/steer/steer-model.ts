import { dirname } from 'node:path'
import { compareSteering, plotSearch, samplePieces, searchByCost } from '@vgm/composer'
import { searchDefaults } from '@vgm/composer/defaults'
import { openSearchFile, type SearchFile, SearchFileError, steeringPath } from '@vgm/composer/node'
import { assess, medianForm, probeDigest, rangesOf } from '@vgm/emotion'
import { decode, type Score } from '@vgm/encoding'
import { formTable } from '@vgm/features'
import { steeringToJson } from '@vgm/mlstm'
import { modelDigest } from '@vgm/nn'
import { neuronsOf } from '@vgm/probe'
import { planModelFile, requireExtension, requireWritable } from '../../flags/output.js'
import { readPieces } from '../../inputs/music.js'
import { openEngine } from '../../inputs/open-engine.js'
import { type NamedJudge, openJudge } from '../../inputs/open-judge.js'
import { modelFolder, readModel } from '../../inputs/open-model.js'
import { InterruptedError, UsageError } from '../../terminal/errors.js'
import { kindOf, naming, standardStream, writeOutput } from '../../terminal/files.js'
import { type Progress, withProgress } from '../../terminal/progress.js'
import { alignedTable } from '../../terminal/table.js'
import { methodOf, type SteerFlags } from './steer-flags.js'

/** How many pieces are composed to be measured, not to be learnt from; they are twice as long as those. */
const measuredPieces = 64

/** Runs `vgm steer`. */
export async function steerModel(name: string, flags: SteerFlags, signal: AbortSignal): Promise<void> {
  const method = methodOf(flags)
  const model = await readModel(name)
  const { target, seed = 0, probe, penalty, words, music, resume = false, json } = flags
  const out = await planOut(name, flags)
  const stem = out.replace(/\.json$/, '')
  const { units } = model.config
  const folder = await modelFolder(name)
  const defaults = searchDefaults[method.name]
  const [steps, count] = [flags.steps ?? defaults.steps, flags.pieces ?? defaults.count]
  const digest = await modelDigest(model)
  const settings = {
    ...{ target: target.probability, method, steps, pieces: count, words, seed, probe, penalty },
    ...{ neurons: flags.neurons ?? null, music: music ?? null, precision: flags.precision }
  }
  const engine = await openEngine({ ...flags, gain: 'ONNX Runtime would search about ten times faster' })
  const judges = { model: async () => model, folder, engine: async () => engine }
  const judge = await openJudge(probe, judges)
  const search = await openSearch(`${stem}.search.json`, resume, {
    ...{ model: digest, ...settings, probeWeights: probeDigest(judge.probe) }
  })
  const isAll = flags.neurons === undefined && method.name === 'gradient'
  const neurons = isAll
    ? Int32Array.from({ length: units }, (_, unit) => unit)
    : unitsOf(flags.neurons === undefined ? judge : await openJudge(flags.neurons, judges), units)

  const fresh = { count: measuredPieces, words: 2 * words, engine, signal }
  const seedAt = (offset: number) => (seed + offset) % 2 ** 32
  const { steering, ranges, compared } = await withProgress('steering', async progress => {
    const ranges = await rangesOf(
      music === undefined
        ? await samplePieces(model, { ...fresh, seed: seedAt(3) })
        : await readMusic(music, signal, progress),
      {
        signal,
        onProgress: ({ done, total }) => progress.update(0, `${done} of ${total} phrases for the ranges`)
      }
    )
    const aim = { judge, target: target.probability, penalty, ranges }
    const measure = async (pieces: readonly Score[]) =>
      (await assess(pieces, aim, { signal })).map(piece => ({
        ...piece,
        positive: piece.probability > 0.5 ? 1 : 0
      }))
    const found = await naming(search.path, () =>
      searchByCost(model, {
        ...{ method, neurons, steps, count, words, seed, engine, signal, assess: measure },
        onProgress: stepProgress(search, steps, progress),
        ...(search.begun && { resume: search.begun.state })
      })
    )
    let steering = search.begun?.steering
    for await (const step of found) {
      await search.save(step)
      steering = step.steering
    }
    if (steering === undefined) throw new Error('internal: a search ended without a step')
    const sample = { ...fresh, seed: seedAt(1), assess: measure }
    return { steering, ranges, compared: await compareSteering(model, steering, sample) }
  }).catch((error: unknown) => {
    if (!signal.aborted) throw error
    const { length } = search.history
    const advice = length === 0 ? 'nothing was written' : 'the same command with --resume goes on from there'
    throw new InterruptedError(`stopped after step ${length}; ${advice}`, { cause: error })
  })

  const pair = (name: 'probability' | 'positive' | 'excess') => ({
    unsteered: compared.unsteered[name],
    steered: compared.steered[name]
  })
  const form = {
    unsteered: medianForm(compared.pieces.unsteered),
    steered: medianForm(compared.pieces.steered)
  }
  const check = {
    ...{ pieces: fresh.count, words: fresh.words },
    ...{ probability: pair('probability'), positive: pair('positive'), excess: pair('excess'), form }
  }
  const provenance = { ...settings, ranges, check }
  await writeOutput(out, steeringToJson({ steering, units, model: digest, provenance }))
  await writeOutput(`${stem}-history.svg`, plotSearch(search.history, target.probability))
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
      : `wrote ${out}: ${neurons.length} units; ${probe} finds ${check.pieces} new pieces ${unsteered.toFixed(3)} positive without, ${steered.toFixed(3)} with it\n\n${alignedTable(formTable(form))}`
  )
}

/** The file to write, found to be new and writable. */
async function planOut(name: string, { out: given, target }: SteerFlags): Promise<string> {
  const out = await planModelFile(given, name, 'steering', steeringPath(name, target.name))
  if (out === standardStream || (await kindOf(out)) === 'folder') {
    throw new UsageError(`--out ${out}: expected a file, beside which the search is kept`)
  }
  requireExtension(out, { name: 'JSON', extensions: ['.json'] })
  if ((await kindOf(out)) === 'file') {
    throw new UsageError(`${out}: exists already; delete it, or choose another --out`)
  }
  await requireWritable(dirname(out))
  return out
}

/** @throws {UsageError} for a search that was begun and should not be, or the other way round. */
async function openSearch(path: string, resume: boolean, settings: Readonly<Record<string, unknown>>) {
  try {
    return await naming(path, () =>
      openSearchFile(path, { settings, measures: ['probability', 'excess'], resume })
    )
  } catch (error) {
    const { cause } = error as Error
    if (!(cause instanceof SearchFileError)) throw error
    const advice = cause.reason === 'exists' ? '; go on with --resume, or delete it' : ''
    throw new UsageError(`${path}: ${cause.problem}${advice}`, { cause })
  }
}

/**
 * The units that a probe reads.
 *
 * @throws {UsageError} if it reads none.
 */
function unitsOf({ name, kind, probe }: NamedJudge, units: number): Int32Array {
  const read = kind === 'descriptors' ? [] : neuronsOf(probe).map(({ neuron }) => neuron)
  const neurons = Int32Array.from(read.filter(neuron => neuron < units)).sort()
  if (neurons.length > 0) return neurons
  throw new UsageError(`--neurons: the probe ${name} reads no unit of the model; name one that does`)
}

/** Shows how far a search is, over all of its steps. */
function stepProgress({ history }: SearchFile<'probability' | 'excess'>, steps: number, progress: Progress) {
  const start = performance.now()
  const begun = history.length
  return ({ done: words, total = words }: { readonly done: number; readonly total?: number }) => {
    const done = history.length
    const last = history.at(-1)
    const rate = Math.round(((done - begun) * total + words) / ((performance.now() - start) / 1000))
    const state = last && ` | positive ${last.probability.toFixed(3)}, outside ${last.excess.toFixed(3)}`
    const note = `step ${done + 1} of ${steps}${state ?? ''} | ${rate} words/s`
    progress.update((done + words / total) / steps, note)
  }
}

/** The MIDI files of a folder as the model would write them. */
async function readMusic(folder: string, signal: AbortSignal, { log, show }: Progress): Promise<Score[]> {
  const pieces = await readPieces(folder, { log, signal, onProgress: show })
  return pieces.map(({ ids }) => decode(ids))
}
