import { dirname } from 'node:path'
import {
  drawPhrases,
  fitSentiment,
  type LabelledPhrase,
  labelByTeacher,
  OneKindError,
  probeRemarks,
  reportOf,
  splitHalves,
  UndecidedTeacherError,
  type UnlabelledPiece,
  validationRows
} from '@vgm/emotion'
import { fitInThread, probePath } from '@vgm/emotion/node'
import { decode } from '@vgm/encoding'
import { type Engine, modelStates } from '@vgm/nn'
import { probeToJson } from '@vgm/probe'
import { planModelFile, requireExtension, requireWritable } from '../../flags/output.js'
import { readPieces } from '../../inputs/music.js'
import { openEngine } from '../../inputs/open-engine.js'
import { type NamedJudge, openJudge } from '../../inputs/open-judge.js'
import { modelFolder, readModel } from '../../inputs/open-model.js'
import { readPhrases } from '../../inputs/read-phrases.js'
import { CommandError, UsageError } from '../../terminal/errors.js'
import { labelOf, writeOutput } from '../../terminal/files.js'
import { withProgress } from '../../terminal/progress.js'
import { alignedTable } from '../../terminal/table.js'
import { print } from '../../terminal/text.js'
import type { ProbeFlags } from './probe-flags.js'

const defaultPhrasesPerPiece = 10

/** Runs `vgm probe`. */
export async function runProbe(
  name: string,
  sources: readonly string[],
  flags: ProbeFlags,
  signal: AbortSignal
): Promise<void> {
  requireFit(flags)
  const model = await readModel(name)
  const out = await planModelFile(flags.out, name, 'probe', probePath(name, probeName(flags)))
  requireExtension(out, { name: 'JSON', extensions: ['.json'] })
  await requireWritable(dirname(out))
  const { folds, repeats, permutations, seed = 0, c, features, penalty, teacher } = flags
  let opened: Promise<Engine> | undefined
  const engine = () => {
    opened ??= openEngine(flags)
    return opened
  }
  const judges = { model: async () => model, folder: await modelFolder(name), engine }
  const { phrases, unseen, judged } =
    teacher === undefined
      ? await labelledPhrases(sources, flags)
      : await taughtPhrases(sources, await openJudge(teacher, judges), flags, signal)
  const effort = { folds, repeats, permutations, seed, penalty, ...(c !== undefined && { Cs: [c] }) }
  const states = await modelStates(model, engine)
  const fitted = await withProgress('probing', ({ show }) =>
    fitSentiment(phrases, {
      kind: features,
      ...{ effort, states, fitter: fitInThread, signal, onProgress: show },
      ...(unseen && { unseen })
    })
  )
  await writeOutput(out, probeToJson(fitted.file.probe, fitted.file))
  const taught = teacher === undefined ? {} : { teacher, judged }
  const report = { out, ...taught, ...reportOf(fitted, phrases) }
  const { neurons, columns, C } = report
  const lines = [...probeRemarks(report), `wrote ${out}: ${neurons} of ${columns} columns, C ${C}`]
  print(flags.json, report, `${alignedTable(validationRows(fitted.validation))}${lines.join('\n')}\n`)
}

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

/** Phrases to learn from. */
interface ProbePhrases {
  readonly phrases: readonly LabelledPhrase[]
  /** The labelled phrases of the other half. */
  readonly unseen?: readonly LabelledPhrase[]
  /** How many phrases the teacher judged, of which it labels some. */
  readonly judged?: number
}

async function labelledPhrases(sources: readonly string[], { half }: ProbeFlags): Promise<ProbePhrases> {
  const phrases = await readPhrases(sources)
  if (half === undefined) return { phrases }
  try {
    const { known, unseen } = splitHalves(phrases, half)
    return { phrases: known, unseen }
  } catch (error) {
    if (!(error instanceof OneKindError)) throw error
    throw new CommandError(`${sources.map(labelOf).join(', ')}, ${error.problem}`)
  }
}

/** Phrases drawn from the MIDI files of folders, as a teacher judges them. */
async function taughtPhrases(
  folders: readonly string[],
  teacher: NamedJudge,
  { phrases: count = defaultPhrasesPerPiece, seed = 0 }: ProbeFlags,
  signal: AbortSignal
): Promise<ProbePhrases> {
  const pieces: UnlabelledPiece[] = []
  await withProgress('reading', async ({ show, log }) => {
    for (const folder of folders) {
      const read = await readPieces(folder, { log, signal, onProgress: show })
      // As the model reads them: in steps and words.
      for (const { file, ids } of read) pieces.push({ piece: file, score: decode(ids) })
    }
  })
  const drawn = drawPhrases(pieces, { count, seed })
  if (drawn.length === 0) {
    throw new CommandError(`${folders.join(', ')}: no piece holds 4 bars with notes enough`)
  }
  const phrases = await withProgress('judging', ({ show }) =>
    labelByTeacher(drawn, teacher, { signal, onProgress: show })
  ).catch((error: unknown) => {
    if (!(error instanceof UndecidedTeacherError)) throw error
    throw new CommandError(`${teacher.name}: ${error.problem}`)
  })
  return { phrases, judged: drawn.length }
}
