import { dirname } from 'node:path'
import { searchDefaults } from '@vgm/composer/defaults'
import type { FoundSteering } from '@vgm/composer/node'
import { findSteering, SearchFileError, steeringPath } from '@vgm/composer/node'
import { assess, medianForm, probeDigest, rangesOf } from '@vgm/emotion'
import { decode, type Score } from '@vgm/encoding'
import { formTable } from '@vgm/features'
import { neuronsOf } from '@vgm/probe'
import { planModelFile, requireExtension, requireWritable } from '../../flags/output.js'
import { readPieces } from '../../inputs/music.js'
import { openEngine } from '../../inputs/open-engine.js'
import { type NamedJudge, openJudge } from '../../inputs/open-judge.js'
import { modelFolder, readModel } from '../../inputs/open-model.js'
import { CommandError, UsageError } from '../../terminal/errors.js'
import { kindOf, standardStream } from '../../terminal/files.js'
import { whenStopped } from '../../terminal/interrupt.js'
import { type Progress, withProgress } from '../../terminal/progress.js'
import { alignedTable } from '../../terminal/table.js'
import { log, print } from '../../terminal/text.js'
import { methodOf, type SteerFlags } from './steer-flags.js'

/** Runs `vgm steer`. */
export async function steerModel(name: string, flags: SteerFlags, signal: AbortSignal): Promise<void> {
  const method = methodOf(flags)
  const model = await readModel(name)
  const { target, seed = 0, probe, penalty, words, music, resume = false, json } = flags
  const path = await planOut(name, flags)
  const { units } = model.config
  const defaults = searchDefaults[method.name]
  const [steps, count] = [flags.steps ?? defaults.steps, flags.pieces ?? defaults.count]
  const engine = await openEngine({ ...flags, gain: 'ONNX Runtime would search about ten times faster' })
  const judges = { model: async () => model, folder: await modelFolder(name), engine: async () => engine }
  const judge = await openJudge(probe, judges)
  const isAll = flags.neurons === undefined && method.name === 'gradient'
  const neurons = isAll
    ? Int32Array.from({ length: units }, (_, unit) => unit)
    : unitsOf(flags.neurons === undefined ? judge : await openJudge(flags.neurons, judges), units)
  let stepped = 0
  const { provenance } = await withProgress('steering', progress => {
    let phase = ''
    return findSteering(model, {
      ...{
        path,
        target: target.probability,
        method,
        neurons,
        steps,
        count,
        words,
        seed,
        engine,
        resume,
        signal
      },
      about: {
        probe,
        penalty,
        neurons: flags.neurons ?? null,
        music: music ?? null,
        precision: flags.precision
      },
      digests: { probeWeights: probeDigest(judge.probe) },
      ...{ rangesOf, formOf: medianForm },
      ...(music !== undefined && { music: () => readMusic(music, signal, progress) }),
      assess: (pieces, ranges, watch) =>
        assess(pieces, { judge, target: target.probability, penalty, ranges }, watch),
      onSteps(history) {
        stepped = history.length
        const last = history.at(-1)
        const state = last && ` | positive ${last.probability.toFixed(3)}, outside ${last.excess.toFixed(3)}`
        phase = `step ${stepped + 1} of ${steps}${state ?? ''}`
      },
      onProgress: work => progress.show(work.phase === 'searching' ? { ...work, phase } : work)
    })
  })
    .catch(
      whenStopped(signal, () => {
        const advice =
          stepped === 0 ? 'nothing was written' : 'the same command with --resume goes on from there'
        return `stopped after step ${stepped}; ${advice}`
      })
    )
    .catch(inFlags)

  const { unsteered, steered } = provenance.check.probability
  if (Math.abs(steered - target.probability) >= Math.abs(unsteered - target.probability)) {
    log(
      'It is no nearer to the target than without: more --steps or --pieces, or a smaller --penalty, may help.'
    )
  }
  const { length } = neurons
  print(json, { out: path, steered: length, ...provenance }, summaryOf(path, length, probe, provenance))
}

/** What a steering does, for people to read. */
function summaryOf(
  path: string,
  units: number,
  probe: string,
  { check }: FoundSteering<unknown, ReturnType<typeof medianForm>>['provenance']
): string {
  const { unsteered, steered } = check.probability
  const verdict = `${probe} finds ${check.pieces} new pieces ${unsteered.toFixed(3)} positive without, ${steered.toFixed(3)} with it`
  return `wrote ${path}: ${units} units; ${verdict}\n\n${alignedTable(formTable({ ...check.form }))}`
}

/** An error of the search's file in the words of `vgm steer`. Any other error is thrown as it is. */
function inFlags(error: unknown): never {
  if (!(error instanceof SearchFileError)) throw error
  const { reason, path, problem } = error
  if (reason === 'damaged') throw new CommandError(`${path}: ${problem}`, { cause: error })
  const advice = reason === 'exists' ? '; go on with --resume, or delete it' : ''
  throw new UsageError(`${path}: ${problem}${advice}`, { cause: error })
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

/** The MIDI files of a folder as the model would write them. */
async function readMusic(folder: string, signal: AbortSignal, { log, show }: Progress): Promise<Score[]> {
  const pieces = await readPieces(folder, { log, signal, onProgress: show })
  return pieces.map(({ ids }) => decode(ids))
}
