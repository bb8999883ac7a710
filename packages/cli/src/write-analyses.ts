import { dirname, join, relative } from 'node:path'
import { pieceName, plotAnalyses } from './analysis-plot.js'
import type { Analysis, JudgedAnalysis } from './analyze-files.js'
import { UsageError } from './errors.js'
import { kindOf, standardStream, writeOutput } from './files.js'
import { countFiles, type MidiSource } from './midi-sources.js'
import { requireFolder, requireWritable } from './output.js'

/** As many curves as a chart has colours. */
const mostCurves = 7

/** Writes charts of analyses, without pieces that are too short to judge, and returns the files' names. */
export type WriteAnalyses = (analyses: readonly Analysis[]) => Promise<string[]>

/**
 * Where charts go, found to be writable before the work begins.
 *
 * @param out A file that ends in .svg, for one chart of all pieces; else a folder, for a chart of each.
 * @throws {UsageError} if there are too many pieces for one chart.
 * @throws {CommandError} if the folder is missing or not writable.
 */
export async function planCharts(out: string, sources: readonly MidiSource[]): Promise<WriteAnalyses> {
  if (out === standardStream) throw new UsageError('--out -: expected a file that ends in .svg, or a folder')
  if (!/\.svg$/i.test(out) || (await kindOf(out)) === 'folder') {
    await requireWritable(out)
    return analyses => writeEach(out, analyses.filter(isJudged), sources)
  }
  const count = countFiles(sources)
  if (count > mostCurves) {
    throw new UsageError(
      `--out ${out}: one chart shows at most ${mostCurves} of ${count} pieces; name a folder`
    )
  }
  await requireFolder(dirname(out))
  return async analyses => {
    const judged = analyses.filter(isJudged)
    if (judged.length === 0) return []
    await writeOutput(out, plotAnalyses(judged))
    return [out]
  }
}

function isJudged(analysis: Analysis): analysis is JudgedAnalysis {
  return analysis.curve !== null
}

async function writeEach(
  out: string,
  analyses: readonly JudgedAnalysis[],
  sources: readonly MidiSource[]
): Promise<string[]> {
  const folderOf = new Map(sources.flatMap(({ folder, files }) => files.map(file => [file, folder] as const)))
  const written = new Set<string>()
  for (const analysis of analyses) {
    const { file } = analysis
    const folder = folderOf.get(file)
    const place = folder === undefined ? '' : relative(folder, dirname(file))
    const stem = join(out, place, pieceName(file))
    let path = `${stem}.svg`
    for (let copy = 2; written.has(path); copy++) path = `${stem}-${copy}.svg`
    written.add(path)
    await writeOutput(path, plotAnalyses([analysis]))
  }
  return [...written]
}
