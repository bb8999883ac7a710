import { dirname } from 'node:path'
import { type FeatureKind, fitSentiment, type Half } from '@vgm/emotion'
import { fitInThread } from '@vgm/emotion/node'
import type { Engine } from '@vgm/nn'
import { modelStates } from '@vgm/nn'
import { type Penalty, probeToJson } from '@vgm/probe'
import { CommandError, UsageError } from './errors.js'
import { kindOf, writeOutput } from './files.js'
import { type EngineChoice, openEngine } from './open-engine.js'
import { modelFolder, readModel } from './open-model.js'
import { requireExtension, requireWritable } from './output.js'
import { probePath } from './probe-folder.js'
import { probePhrases } from './probe-phrases.js'
import { probeReport, reportOf } from './probe-report.js'
import { noteOf, withProgress } from './progress.js'

/** The options of `vgm probe`. */
export interface ProbeFlags {
  readonly out?: string
  readonly features: FeatureKind
  readonly penalty: Penalty
  readonly c?: number
  readonly half?: Half
  readonly teacher?: string
  readonly phrases?: number
  readonly folds: number
  readonly repeats: number
  readonly permutations: number
  readonly seed?: number
  readonly engine: EngineChoice
  readonly json?: boolean
}

const defaultPhrasesPerPiece = 10

/** How long reading takes, as a share of the whole. */
const featuresShare = 0.1

/** @throws {UsageError} for flags that do not go together. */
function requireFit({ teacher, half, phrases, features }: ProbeFlags): void {
  if (teacher === undefined) {
    if (phrases !== undefined) throw new UsageError('--phrases: goes with --teacher only')
    return
  }
  if (half !== undefined) {
    throw new UsageError('--half: goes with labelled phrases only, not with --teacher')
  }
  if (features === 'descriptors') {
    throw new UsageError("--features descriptors: with --teacher the model's states are what learns")
  }
}

/** How a model folder calls the probe. */
function probeName({ teacher, half, features }: ProbeFlags): string {
  if (teacher !== undefined) return 'valence-distilled'
  const name =
    features === 'descriptors' ? 'music' : features === 'states' ? 'valence' : `valence-${features}`
  return half === undefined ? name : `${name}-${half}`
}

/** Does what `vgm probe` was asked for, and prints what came of it. */
export async function runProbe(
  name: string,
  sources: readonly string[],
  flags: ProbeFlags,
  signal: AbortSignal
): Promise<void> {
  requireFit(flags)
  const model = await readModel(name)
  if (flags.out === undefined && (await kindOf(name)) !== 'folder') {
    throw new CommandError(`${name}: is no folder to keep a probe in; name a file with --out`)
  }
  const out = flags.out ?? probePath(name, probeName(flags))
  requireExtension(out, { name: 'JSON', extensions: ['.json'] })
  await requireWritable(dirname(out))
  const { folds, repeats, permutations, seed = 0, c, features, penalty } = flags
  const { half, teacher, phrases: perPiece = defaultPhrasesPerPiece } = flags
  let opened: Promise<Engine> | undefined
  const engine = () => {
    opened ??= openEngine(flags.engine)
    return opened
  }
  const { phrases, unseen, judged } = await probePhrases(
    sources,
    { perPiece, seed, ...(half !== undefined && { half }), ...(teacher !== undefined && { teacher }) },
    { model, folder: await modelFolder(name), engine, signal }
  )
  const effort = { folds, repeats, permutations, seed, penalty, ...(c !== undefined && { Cs: [c] }) }
  const states = await modelStates(model, engine)
  const fitted = await withProgress({ title: 'probing' }, ({ update }) =>
    fitSentiment(phrases, {
      kind: features,
      effort,
      states,
      fitter: fitInThread,
      signal,
      ...(unseen !== undefined && { unseen }),
      onProgress(progress) {
        const share = progress.done / (progress.total ?? 1)
        update(
          progress.unit === 'fits' ? featuresShare + share * (1 - featuresShare) : share * featuresShare,
          noteOf(progress)
        )
      }
    })
  )
  await writeOutput(out, probeToJson(fitted.file.probe, fitted.file))
  const report = reportOf(fitted, phrases)
  const taught = teacher === undefined ? {} : { teacher, judged }
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ out, ...taught, ...report })}\n`
      : probeReport(fitted.validation, { out, ...taught, ...report })
  )
}
