import { CommandError, messageOf } from './errors.js'
import { kindOf, midiFilesIn } from './files.js'

/** The MIDI files that one argument stands for. */
export interface MidiSource {
  /** The folder that holds them; absent for a file that is named itself. */
  readonly folder?: string
  readonly files: readonly string[]
}

/** How {@link readEach} goes about it. */
export interface ReadEachOptions<T> {
  /** @throws {CommandError} naming the file and what is wrong with it. */
  readonly read: (file: string) => Promise<T>
  /** What could not be done with any file of a folder, as in `none of its MIDI files can be <verb>`. */
  readonly verb: string
  /** Called after each file, skipped or not. */
  readonly onFile?: (done: number, total: number) => void
  /** Called with a line for each file of a folder that cannot be read; it is left out. */
  readonly onSkip: (line: string) => void
}

/** The files of each path, of a folder all in it and below. */
export function findMidiFiles(paths: readonly string[]): Promise<MidiSource[]> {
  return Promise.all(
    paths.map(async path =>
      (await kindOf(path)) === 'folder' ? { folder: path, files: await midiFilesIn(path) } : { files: [path] }
    )
  )
}

/** How many files there are. */
export function countFiles(sources: readonly MidiSource[]): number {
  return sources.reduce((sum, { files }) => sum + files.length, 0)
}

/**
 * Reads file after file. A file that is named has to be good; in folders those that are not are skipped.
 *
 * @throws {CommandError} naming a file and what is wrong with it, or a folder of which no file can be read.
 */
export async function* readEach<T>(
  sources: readonly MidiSource[],
  { read, verb, onFile, onSkip }: ReadEachOptions<T>
): AsyncGenerator<T, void, undefined> {
  const total = countFiles(sources)
  let done = 0
  for (const { folder, files } of sources) {
    let good = 0
    for (const file of files) {
      const result = await read(file).catch((error: unknown) => {
        if (folder === undefined || !(error instanceof CommandError)) throw error
        onSkip(`skipped ${messageOf(error)}`)
        return undefined
      })
      onFile?.(++done, total)
      if (result === undefined) continue
      good++
      yield result
    }
    if (good === 0) throw new CommandError(`${folder}: none of its MIDI files can be ${verb}`)
  }
}
