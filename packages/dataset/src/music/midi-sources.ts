import type { Cancel, Watch } from '@vgm/base'
import { NoMidiFilesError, NothingReadError, UnreadableScoreError } from '../errors.js'
import { kindOfPath } from '../loaders/data-files.js'
import { isSystemError } from '../loaders/file-problem.js'
import { listMidiFiles } from '../loaders/list-midi-files.js'

/** The MIDI files that one path stands for. */
export interface MidiSource {
  /** The path of a file or a folder. */
  readonly path: string
  /** The folder that holds the files; absent for a file that is named itself. */
  readonly folder?: string
  readonly files: readonly string[]
  /** How many other files the folder holds. */
  readonly passedOver?: number
  /** Why a folder has no files. */
  readonly problem?: Error
}

/** How {@link readEach} reads. */
export interface ReadEachOptions<T> extends Cancel, Watch {
  /** Reads one file. It is skipped if this rejects with {@link UnreadableScoreError}; any other error ends the reading. */
  readonly read: (file: string) => Promise<T>
  /** Called with the problem of each file that is skipped, and of each folder of which no file can be read. */
  readonly onSkip?: (problem: Error) => void
  /** Called with each file that was named itself and cannot be read, and with each folder of which no file can be. */
  readonly onMiss?: (path: string) => void
  /** Called with the number of files of a folder that are no MIDI files, unless it is 0. */
  readonly onPassedOver?: (folder: string, count: number) => void
}

/** The MIDI files of each path; of a folder, all in it and below. */
export function findMidiFiles(paths: readonly string[]): Promise<MidiSource[]> {
  return Promise.all(
    paths.map(async path => {
      if ((await kindOfPath(path)) !== 'folder') return { path, files: [path] }
      return findInFolder(path).catch((problem: unknown) => {
        if (!(problem instanceof NoMidiFilesError || isSystemError(problem))) throw problem
        return { path, folder: path, files: [], problem }
      })
    })
  )
}

/**
 * The MIDI files of a folder and those below.
 *
 * @throws {NoMidiFilesError} if it has none.
 * @throws {NodeJS.ErrnoException} if the folder cannot be read.
 */
export async function findInFolder(folder: string): Promise<MidiSource> {
  const { files, passedOver } = await listMidiFiles(folder)
  if (files.length > 0) return { path: folder, folder, files, passedOver }
  throw new NoMidiFilesError(folder)
}

/**
 * Reads file after file. Files that cannot be read are skipped.
 *
 * @throws {UnreadableScoreError} if a single file is to be read, and cannot be.
 * @throws {NothingReadError} if no file can be read.
 * @throws the signal's reason, if it is aborted between two files.
 */
export async function* readEach<T>(
  sources: readonly MidiSource[],
  { read, signal, onProgress, onSkip, onMiss, onPassedOver }: ReadEachOptions<T>
): AsyncGenerator<T, void, undefined> {
  const total = sources.reduce((sum, { files }) => sum + files.length, 0)
  const isSingleFile = sources.length === 1 && sources[0]?.folder === undefined
  let done = 0
  let allGood = 0
  for (const { path, folder, files, passedOver = 0, problem } of sources) {
    if (passedOver > 0) onPassedOver?.(path, passedOver)
    let good = 0
    for (const file of files) {
      signal?.throwIfAborted()
      const result = await read(file).catch((error: unknown) => {
        if (isSingleFile || !(error instanceof UnreadableScoreError)) throw error
        onSkip?.(error)
        return undefined
      })
      onProgress?.({ phase: 'reading', done: ++done, total, unit: 'files' })
      if (result === undefined) continue
      good++
      yield result
    }
    allGood += good
    if (good > 0) continue
    const fault = problem ?? new NothingReadError(path)
    if (sources.length === 1) throw fault
    if (folder !== undefined) onSkip?.(fault)
    onMiss?.(path)
  }
  if (allGood === 0) throw new NothingReadError()
}
