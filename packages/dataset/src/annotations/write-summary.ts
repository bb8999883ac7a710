import { mkdir, mkdtemp, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { writeMidi } from '@vgm/encoding'
import { stringify } from 'csv-stringify/sync'
import { FolderExistsError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import type { ReadAnnotations } from './read-annotations.js'
import { type SummarizedPiece, type SummaryRule, summarizePieces } from './summarize-pieces.js'

/** Options of {@link writeSummary}. */
export interface WriteSummaryOptions {
  readonly annotations: readonly ReadAnnotations[]
  /** Holds the MIDI file that each piece names. */
  readonly midiFolder: string
  /** The folder to write: new or empty. */
  readonly out: string
  readonly rule: SummaryRule
  /** Called after each piece. */
  readonly onPiece?: (piece: PieceReport) => void
  /** Stops before the next piece: nothing is left behind. */
  readonly signal?: AbortSignal
}

/** A piece of {@link writeSummary} in a few numbers. */
export interface PieceReport {
  /** The name of its MIDI file without `.mid`. */
  readonly piece: string
  readonly listeners: number
  readonly bars: number
  /** Phrases that were written. */
  readonly phrases: number
  readonly positive: number
  readonly negative: number
  readonly silent: number
  readonly repeated: number
  /** Krippendorff's alpha of valence; absent where it is not defined. */
  readonly alpha: number | undefined
  /** The listeners' mean correlation; absent where it is not defined. */
  readonly correlation: number | undefined
}

/**
 * Writes the phrases of annotated pieces into a folder: `phrases/PIECE_0.mid` …, `phrases.csv` with a row for each, and
 * `plots/PIECE.svg` with the steps of the rule. The folder appears when everything is written, or not at all.
 *
 * Columns of the CSV file: `label` (valence: 1 or -1), `id` (the piece's name), `filepath` (in the folder), as `labelledPhrases`
 * reads them; then `phrase` (from 0), `fromBar`, `toBar` (the bar after the last), and, where the rule looks at it, `arousal`.
 *
 * @throws {FolderExistsError} if `out` holds something already.
 * @throws {DatasetError} as {@link summarizePieces} does.
 */
export async function writeSummary(options: WriteSummaryOptions): Promise<PieceReport[]> {
  await requireFree(options.out)
  const out = resolve(options.out)
  await mkdir(dirname(out), { recursive: true })
  const folder = await mkdtemp(join(dirname(out), `.${basename(out)}-`))
  try {
    const reports = await writeInto(folder, options)
    if ((await kindOfPath(out)) === 'folder') await rmdir(out)
    await rename(folder, out)
    return reports
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function requireFree(out: string): Promise<void> {
  const kind = await kindOfPath(out)
  if (kind === 'none' || (kind === 'folder' && (await readdir(out)).length === 0)) return
  throw new FolderExistsError(out, 'a new or an empty folder')
}

async function writeInto(folder: string, options: WriteSummaryOptions): Promise<PieceReport[]> {
  const { annotations, midiFolder, rule, onPiece, signal } = options
  await mkdir(join(folder, 'phrases'))
  await mkdir(join(folder, 'plots'))
  const rows: Record<string, string | number>[] = []
  const reports: PieceReport[] = []
  for await (const summarized of summarizePieces(annotations, midiFolder, rule)) {
    signal?.throwIfAborted()
    const name = basename(summarized.path, extname(summarized.path))
    for (const row of await writePhrases(folder, name, summarized)) rows.push(row)
    await writeFile(join(folder, 'plots', `${name}.svg`), summarized.plot())
    const report = reportOf(name, summarized)
    reports.push(report)
    onPiece?.(report)
  }
  const columns = ['label', 'id', 'filepath', 'phrase', 'fromBar', 'toBar']
  const axes = rule.rule === 'sign' ? ['arousal'] : []
  await writeFile(
    join(folder, 'phrases.csv'),
    stringify(rows, { header: true, columns: [...columns, ...axes] })
  )
  return reports
}

async function writePhrases(
  folder: string,
  piece: string,
  { cut }: SummarizedPiece
): Promise<Record<string, string | number>[]> {
  const rows: Record<string, string | number>[] = []
  for (const [phrase, { score, span: _, valence, ...rest }] of cut.phrases.entries()) {
    const filepath = `phrases/${piece}_${phrase}.mid`
    await writeFile(join(folder, filepath), writeMidi(score))
    rows.push({ label: valence, id: piece, filepath, phrase, ...rest })
  }
  return rows
}

function reportOf(name: string, { piece, cut, agreement }: SummarizedPiece): PieceReport {
  const positive = cut.phrases.filter(({ valence }) => valence === 1).length
  return {
    piece: name,
    listeners: piece.annotations.length,
    bars: piece.bars,
    phrases: cut.phrases.length,
    positive,
    negative: cut.phrases.length - positive,
    silent: cut.silent.length,
    repeated: cut.repeated.length,
    ...agreement
  }
}
