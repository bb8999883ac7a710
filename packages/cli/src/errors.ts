/** A mistake in how `vgm` was called: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Something that went wrong while doing what was asked, in one line for the user: exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** The user stopped the command: exit code 130, as shells have it. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

/** The process's exit code for an error. Options that a library refuses are bad usage, too. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return 130
  const name = error instanceof Error ? error.name : ''
  return error instanceof UsageError || name === 'InvalidOptionError' ? 2 : 1
}

const systemProblems: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder, expected a file',
  ENOTDIR: 'is not a folder',
  EEXIST: 'exists already',
  ENOSPC: 'no space left on the disk',
  EROFS: 'the disk is read-only'
}

/** The functions of our libraries that put their name before a message, which says nothing to a user. */
const callers =
  /^(parseMidi|encode|decode|fromText|closePiece|writeMidi|estimateKey|crossValidate|fit|encodeShards|datasetSource|fetchDataset|makeFolds|probeFromJson|barTicks): /

/** What went wrong, in one line, without the name of the file. */
export function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, percussionNotes } = error as NodeJS.ErrnoException & { percussionNotes?: number }
  const problem = code === undefined ? undefined : systemProblems[code]
  if (problem !== undefined) return problem
  if (code === 'NO_NOTES') {
    if (!percussionNotes) return 'no notes'
    const hint = error.message.includes('includePercussion') ? ', which --percussion keeps' : ''
    return `only percussion: ${percussionNotes} notes${hint}`
  }
  return error.message.replace(callers, '').replaceAll(/\s*\n\s*/g, ' ')
}

/** The sentence a user reads: one line, with the file where the system names one. */
export function messageOf(error: unknown): string {
  const path = error instanceof Error ? (error as NodeJS.ErrnoException).path : undefined
  return path === undefined ? problemOf(error) : `${path}: ${problemOf(error)}`
}
