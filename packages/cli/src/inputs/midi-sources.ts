import type { Cancel, Watch } from '@vgm/base'
import type { MidiSource } from '@vgm/dataset/node'
import { CommandError, messageOf, problemOf } from '../terminal/errors.js'

export type { MidiSource } from '@vgm/dataset/node'

/** Options of {@link readEach}. */
export interface ReadEachOptions<T> extends Cancel, Watch {
  /** @throws {CommandError} naming the file and what is wrong with it. */
  readonly read: (file: string) => Promise<T>
  /** What could not be done, as in `none of its MIDI files can be <verb>`. */
  readonly verb: string
  /** Called with a line for each file that is skipped, and for the other files of a folder. */
  readonly log: (line: string) => void
  /** Called with each file that was named itself and cannot be read, and with each folder of which no file can be. */
  readonly onMiss?: (path: string) => void
}

/** The files of each path, of a folder all in it and below. */
export async function findMidiFiles(paths: readonly string[]): Promise<MidiSource[]> {
  return (await import('@vgm/dataset/node')).findMidiFiles(paths)
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

/** What a problem of reading files is called: by what was to be done with them, and with what the file itself says. */
export function readingProblem(error: unknown, verb = 'read'): string {
  const { code, cause, path, file } = error as NodeJS.ErrnoException & { file?: string }
  if (code === 'NOTHING_READ') {
    return `${path === undefined ? 'none of the' : `${path}: none of its`} MIDI files can be ${verb}`
  }
  if (code !== 'UNREADABLE_SCORE') return messageOf(error)
  return cause instanceof CommandError ? cause.message : `${file}: ${problemOf(cause)}`
}

/**
 * Reads file after file. Files that cannot be read are skipped.
 *
 * @throws {CommandError} if none can be read.
 */
export async function* readEach<T>(
  sources: readonly MidiSource[],
  { read, verb, log, ...rest }: ReadEachOptions<T>
): AsyncGenerator<T, void, undefined> {
  const { readEach, NothingReadError, UnreadableScoreError } = await import('@vgm/dataset/node')
  try {
    yield* readEach(sources, {
      ...rest,
      read: file =>
        read(file).catch(error => {
          if (!(error instanceof CommandError)) throw error
          throw new UnreadableScoreError(file, error.message, { cause: error })
        }),
      onSkip: problem => log(`skipped ${readingProblem(problem, verb)}`),
      onPassedOver: (folder, count) => log(passedOverLine(folder, count)!)
    })
  } catch (error) {
    if (!(error instanceof NothingReadError || error instanceof UnreadableScoreError)) throw error
    throw new CommandError(readingProblem(error, verb), { cause: error })
  }
}

/** Everything that {@link readEach} reads, and what it misses. */
export async function readAll<T>(sources: readonly MidiSource[], options: ReadEachOptions<T>) {
  const items: T[] = []
  const missed: string[] = []
  const onMiss = (path: string) => missed.push(path)
  for await (const item of readEach(sources, { ...options, onMiss })) items.push(item)
  return { items, missed }
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
