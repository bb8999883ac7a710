import { join } from 'node:path'
import type { Cancel, VgmError, Watch } from '@vgm/base'
import { EncodingError, type MidiWarning, type ParseOptions, type Tokenizer } from '@vgm/encoding'
import { MissingFileError, UnreadableScoreError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import { listMidiFiles } from '../loaders/list-midi-files.js'
import { readScore } from '../loaders/read-score.js'
import { vgmidi, vgmidiUnlabelled } from '../loaders/vgmidi.js'
import { vgmidi4q } from '../loaders/vgmidi-4q.js'
import { vgmidiAnnotated } from '../loaders/vgmidi-annotated.js'
import type { StatisticsPart } from './plots.js'
import { createStatisticsCounter } from './statistics.js'

/** A MIDI file that could not be counted. */
export interface SkippedFile {
  readonly path: string
  /** The reason, in one line. */
  readonly reason: string
}

/** The contents of a folder. */
export interface FolderStatistics {
  /** The data set that it was recognised as; `MIDI files` for any other folder. */
  readonly dataset: string
  readonly parts: readonly StatisticsPart[]
  readonly skipped: readonly SkippedFile[]
  /** Files of a folder that are no MIDI files, by their names; 0 for a data set, whose CSV files name its music. */
  readonly passedOver: number
}

/** Options of {@link folderStatistics}. */
export interface FolderStatisticsOptions extends Cancel, Watch {
  /** Decides how many words a piece has. */
  readonly tokenizer: Pick<Tokenizer, 'encode'>
  /** Options of `parseMidi` of `@vgm/encoding` for reading MIDI files. */
  readonly reading?: Omit<ParseOptions, 'onWarning'>
  /** Called with what was repaired in a file. */
  readonly onRepairs?: (path: string, warnings: readonly MidiWarning[]) => void
}

/** A file to count, and in which part. */
interface CountedFile {
  readonly path: string
  readonly part: string
  readonly label?: string
}

/** The data sets that are recognised, by a file that only they have. */
const known: readonly {
  title: string
  mark: string
  list: (folder: string) => AsyncIterable<CountedFile>
}[] = [
  { title: 'VGMIDI 0.1', mark: join('labelled', 'vgmidi_sent_train.csv'), list: listVgmidi },
  { title: 'VGMIDI 0.2', mark: 'vgmidi_labelled.csv', list: listAnnotated },
  { title: 'VGMIDI-4Q', mark: 'vgmidi_bardo_train.csv', list: list4q }
]

/**
 * Counts of a folder: of one of the data sets that this package loads, in its splits, or else all MIDI files in it and its
 * subfolders. Files that cannot be counted are listed with the reason.
 *
 * @throws {MissingFileError} if there is no such folder, or it holds no MIDI files.
 * @throws What the data set's loader throws if its CSV files are wrong.
 */
export async function folderStatistics(
  folder: string,
  { tokenizer, signal, onProgress, reading, onRepairs }: FolderStatisticsOptions
): Promise<FolderStatistics> {
  const { title, files, passedOver } = await listFiles(folder)
  if (files.length === 0)
    throw new MissingFileError(folder, 'a folder with MIDI files (.mid, .midi, .kar, .rmi, .smf)')
  const counters = new Map(files.map(({ part }) => [part, createStatisticsCounter(tokenizer)]))
  const skipped: SkippedFile[] = []
  for (const [index, file] of files.entries()) {
    signal?.throwIfAborted()
    try {
      const warnings: MidiWarning[] = []
      const score = await readScore(file, { ...reading, onWarning: warning => warnings.push(warning) })
      counters.get(file.part)!.add({ score, ...(file.label !== undefined && { label: file.label }) })
      if (warnings.length > 0) onRepairs?.(file.path, warnings)
    } catch (error) {
      if (!(error instanceof UnreadableScoreError || error instanceof EncodingError)) throw error
      skipped.push({ path: file.path, reason: reasonOf(error, file.path) })
    }
    onProgress?.({ phase: 'counting', done: index + 1, total: files.length, unit: 'files' })
  }
  const parts = [...counters].map(([name, counter]) => ({ name, statistics: counter.result() }))
  return { dataset: title, parts, skipped, passedOver }
}

async function listFiles(
  folder: string
): Promise<{ title: string; files: CountedFile[]; passedOver: number }> {
  for (const { title, mark, list } of known) {
    if ((await kindOfPath(join(folder, mark))) !== 'file') continue
    const files: CountedFile[] = []
    for await (const file of list(folder)) files.push(file)
    return { title, files, passedOver: 0 }
  }
  if ((await kindOfPath(folder)) !== 'folder') throw new MissingFileError(folder, 'a folder')
  const { files, passedOver } = await listMidiFiles(folder)
  return { title: 'MIDI files', files: files.map(path => ({ path, part: 'all' })), passedOver }
}

async function* listVgmidi(folder: string): AsyncGenerator<CountedFile> {
  for await (const { path, split, sentiment } of vgmidi(folder)) {
    yield { path, part: `labelled ${split}`, label: sentiment === 1 ? 'positive' : 'negative' }
  }
  for await (const { path, split } of vgmidiUnlabelled(folder)) yield { path, part: `unlabelled ${split}` }
}

async function* listAnnotated(folder: string): AsyncGenerator<CountedFile> {
  for await (const { path, quadrant } of vgmidiAnnotated(folder))
    yield { path, part: 'labelled', label: quadrant }
}

/** The whole pieces alone: their slices hold the same music again. */
async function* list4q(folder: string): AsyncGenerator<CountedFile> {
  for await (const { path, split, quadrant } of vgmidi4q(folder, { slices: 1 })) {
    yield { path, part: split, label: quadrant }
  }
}

/** Without the path, which stands beside the reason. */
function reasonOf({ problem }: VgmError, path: string): string {
  return problem.replace(`${path}: `, '')
}
