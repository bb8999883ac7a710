import type { Piece } from '@vgm/composer'
import { CommandError } from '../terminal/errors.js'
import { standardStream, writeOutput } from '../terminal/files.js'

/** A MIDI file to be written, and how it came about. */
export type WrittenPiece = Omit<Piece, 'score' | 'words'> & {
  /** How many words it has. */
  readonly words: number
}

/** A piece that is not worth writing. */
export interface FailedPiece {
  readonly problem: string
}

/** What all pieces of a command share. */
interface Origin {
  readonly model?: string
  readonly sentiment?: string | undefined
  readonly strength?: number | undefined
  readonly seed?: number
  /** The terms of the model. */
  readonly license?: string
}

/**
 * Writes MIDI files and says so: on standard output, or on standard error where the music itself goes to standard output.
 *
 * @param files One for each piece, as {@link planOutputs} gives them.
 * @throws {CommandError} naming the pieces that could not be written, after all others are.
 */
export async function writePieces(
  files: readonly string[],
  pieces: readonly (WrittenPiece | FailedPiece)[],
  { json = false, ...origin }: Origin & { readonly json?: boolean | undefined }
): Promise<void> {
  const { describePiece } = await import('@vgm/composer')
  const described: object[] = []
  const failed: { file: string; problem: string }[] = []
  const lines: string[] = []
  for (const [index, piece] of pieces.entries()) {
    const file = files[index]!
    if ('problem' in piece) {
      failed.push({ file, ...piece })
      continue
    }
    const { midi, seconds, bars, notes, words, ...rest } = piece
    await writeOutput(file, midi)
    described.push({ file, seconds, bars, notes, words, ...rest })
    lines.push(`wrote ${placeOf(file)}: ${describePiece(piece, origin.seed)}\n`)
  }
  const stream = files.includes(standardStream) ? process.stderr : process.stdout
  const problems = failed.length > 0 && { failed }
  stream.write(json ? `${JSON.stringify({ ...origin, pieces: described, ...problems })}\n` : lines.join(''))
  if (failed.length > 0) throw new CommandError(describeFailures(failed))
}

const placeOf = (file: string) => (file === standardStream ? 'standard output' : file)

const mostNamed = 5

/** The pieces that were not written, by what is wrong with them. */
function describeFailures(failed: readonly { readonly file: string; readonly problem: string }[]): string {
  const byProblem = new Map<string, string[]>()
  for (const { file, problem } of failed) {
    const files = byProblem.get(problem)
    if (files === undefined) byProblem.set(problem, [file])
    else files.push(file)
  }
  const groups = [...byProblem].map(([problem, files]) => {
    const named = files.slice(0, mostNamed).map(placeOf).join(', ')
    const rest = files.length > mostNamed ? ` and ${files.length - mostNamed} more` : ''
    return `${named}${rest}: ${problem}`
  })
  return `not written: ${groups.join('; ')}`
}
