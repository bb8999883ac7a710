import { basename, dirname, extname, join, relative } from 'node:path'
import { type Analysis, type JudgedAnalysis, plotCurves } from '@vgm/emotion'
import { requireFolder, requireWritable } from '../flags/output.js'
import { countFiles, type MidiSource } from '../inputs/midi-sources.js'
import { UsageError } from '../terminal/errors.js'
import { kindOf, standardStream, writeOutput } from '../terminal/files.js'

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
  const isFolder = !/\.svg$/i.test(out) || (await kindOf(out)) === 'folder'
  const count = countFiles(sources)
  if (isFolder) await requireWritable(out)
  else if (count > mostCurves) {
    throw new UsageError(
      `--out ${out}: one chart shows at most ${mostCurves} of ${count} pieces; name a folder`
    )
  } else await requireFolder(dirname(out))
  return async analyses => {
    const judged = analyses.filter(analysis => analysis.curve !== null)
    const charts = isFolder ? chartsIn(out, judged, sources) : new Map([[out, judged]])
    if (judged.length === 0) return []
    for (const [path, shown] of charts)
      await writeOutput(path, plotCurves(shown.map(({ file, curve }) => ({ name: pieceName(file), curve }))))
    return [...charts.keys()]
  }
}

/** A chart for each piece, by its path: in the folders that the pieces are in, and numbered where two have one name. */
function chartsIn(out: string, analyses: readonly JudgedAnalysis[], sources: readonly MidiSource[]) {
  const folderOf = new Map(sources.flatMap(({ folder, files }) => files.map(file => [file, folder] as const)))
  const charts = new Map<string, JudgedAnalysis[]>()
  for (const analysis of analyses) {
    const { file } = analysis
    const folder = folderOf.get(file)
    const place = folder === undefined ? '' : relative(folder, dirname(file))
    const stem = join(out, place, pieceName(file))
    let path = `${stem}.svg`
    for (let copy = 2; charts.has(path); copy++) path = `${stem}-${copy}.svg`
    charts.set(path, [analysis])
  }
  return charts
}

/** What a file's piece is called. */
function pieceName(file: string): string {
  return file === standardStream ? 'standard input' : basename(file, extname(file))
}
