import { CommandError, messageOf } from './errors.js'
import { kindOf, naming } from './files.js'

/** The MIDI files that one argument stands for. */
export interface MidiSource {
  /** The argument. */
  readonly path: string
  /** The folder that holds the files; absent for a file that is named itself. */
  readonly folder?: string
  readonly files: readonly string[]
  /** How many other files the folder holds. */
  readonly passedOver?: number
  /** Why a folder has no files. */
  readonly problem?: CommandError
}

/** How {@link readEach} goes about it. */
export interface ReadEachOptions<T> {
  /** @throws {CommandError} naming the file and what is wrong with it. */
  readonly read: (file: string) => Promise<T>
  /** What could not be done, as in `none of its MIDI files can be <verb>`. */
  readonly verb: string
  /** Called after each file, skipped or not. */
  readonly onFile?: (done: number, total: number) => void
  /** Called with a line for each file that is skipped, and for the other files of a folder. */
  readonly log: (line: string) => void
  /** Called with each file that was named itself and cannot be read, and with each folder of which no file can be. */
  readonly onMiss?: (path: string) => void
}

/** The files of each path, of a folder all in it and below. */
export function findMidiFiles(paths: readonly string[]): Promise<MidiSource[]> {
  return Promise.all(
    paths.map(async path => {
      if ((await kindOf(path)) !== 'folder') return { path, files: [path] }
      return findInFolder(path).catch((problem: unknown) => {
        if (problem instanceof CommandError) return { path, folder: path, files: [], problem }
        throw problem
      })
    })
  )
}

/**
 * The MIDI files of a folder and those below.
 *
 * @throws {CommandError} if it has none, or cannot be read.
 */
export async function findInFolder(folder: string): Promise<MidiSource> {
  const { listMidiFiles } = await import('@vgm/dataset/node')
  const { files, passedOver } = await naming(folder, () => listMidiFiles(folder))
  if (files.length > 0) return { path: folder, folder, files, passedOver }
  throw new CommandError(`${folder}: holds no MIDI files (.mid, .midi, .kar, .rmi, .smf)`)
}

/** How many files there are. */
export function countFiles(sources: readonly MidiSource[]): number {
  return sources.reduce((sum, { files }) => sum + files.length, 0)
}

/** A line about the files of a folder that are no MIDI files; nothing if there are none. */
export function passedOverLine(folder: string, count = 0): string | undefined {
  if (count === 0) return undefined
  return `${folder}: ${count} other file${count === 1 ? '' : 's'} passed over`
}

/**
 * Reads file after file. Files that cannot be read are skipped.
 *
 * @throws {CommandError} if none can be read.
 */
export async function* readEach<T>(
  sources: readonly MidiSource[],
  { read, verb, onFile, log, onMiss }: ReadEachOptions<T>
): AsyncGenerator<T, void, undefined> {
  const total = countFiles(sources)
  const isSingleFile = sources.length === 1 && sources[0]?.folder === undefined
  let done = 0
  let allGood = 0
  for (const source of sources) {
    const note = passedOverLine(source.path, source.passedOver)
    if (note !== undefined) log(note)
    let good = 0
    for (const file of source.files) {
      const result = await read(file).catch((error: unknown) => {
        if (isSingleFile || !(error instanceof CommandError)) throw error
        log(`skipped ${messageOf(error)}`)
        return undefined
      })
      onFile?.(++done, total)
      if (result === undefined) continue
      good++
      yield result
    }
    allGood += good
    if (good > 0) continue
    const problem = source.problem ?? noneOf(source, verb)
    if (sources.length === 1) throw problem
    if (source.folder !== undefined) log(`skipped ${problem.message}`)
    onMiss?.(source.path)
  }
  if (allGood === 0) throw new CommandError(`none of the MIDI files can be ${verb}`)
}

function noneOf({ path }: MidiSource, verb: string): CommandError {
  return new CommandError(`${path}: none of its MIDI files can be ${verb}`)
}

/**
 * Ends a command whose results are written.
 *
 * @param missed What {@link readEach} reported to `onMiss`.
 * @throws {CommandError} if something that was named could not be read.
 */
export function requireNoMiss(missed: readonly string[], verb: string): void {
  const [first] = missed
  if (first === undefined) return
  const what = missed.length === 1 ? first : `${missed.length} of the files and folders`
  throw new CommandError(`${what} could not be ${verb}; the others were`)
}
