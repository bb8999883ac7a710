import type { VgmError } from '@vgm/base'
import type { LimitError } from '@vgm/encoding'

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

/** Content of a file that is not what was expected. `naming` puts the file's name before the message. */
export class ContentError extends Error {
  override readonly name = 'ContentError'
}

/** A fault of the code, not of what the user gave: exit code 1. `cause` is the fault. */
export class InternalError extends Error {
  override readonly name = 'InternalError'

  /** @param file What was being read. */
  constructor(cause: unknown, file?: string) {
    const fault = String(cause).replace(/^(Error: )?(internal: )?/, '')
    const where = file === undefined ? '' : `${file}: `
    super(`internal: ${where}${fault} (a bug of vgm; --debug prints where it is)`, { cause })
  }
}

/**
 * Whether an error says what is wrong with a file, with the machine or with how `vgm` was called: it is one of the file
 * system's, or one that our libraries throw on bad input. Any other is a bug.
 */
export function isExpected(error: unknown): error is Error {
  if (error instanceof UsageError || error instanceof CommandError) return true
  if (error instanceof InterruptedError || error instanceof ContentError) return true
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  if (typeof code !== 'string') return false
  return syscall !== undefined || code.startsWith('ERR_FS_') || !isBuiltIn(error, code)
}

/** Whether an error is one of JavaScript's or of Node's own. */
function isBuiltIn(error: Error, code: string): boolean {
  const faults = [TypeError, RangeError, ReferenceError, SyntaxError]
  return code.startsWith('ERR_') || faults.some(fault => error instanceof fault)
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

/** Whether an error is one of `@vgm/base`, which is not loaded for this: `vgm --help` shall start at once. */
function isVgmError(error: Error): error is VgmError {
  return 'caller' in error && 'problem' in error
}

/** What went wrong, in one line, without the name of the file; of a bug that it is one. */
export function problemOf(error: unknown): string {
  if (error instanceof InternalError) return error.message
  if (!isExpected(error)) return new InternalError(error).message
  const { code, percussionNotes } = error as NodeJS.ErrnoException & { percussionNotes?: number }
  const problem = code === undefined ? undefined : systemProblems[code]
  if (problem !== undefined) return problem
  if (error.name === 'LimitError') {
    const { limit, allowed, actual } = error as Error & Partial<LimitError>
    if (limit === 'maxBytes') return `--max-bytes allows ${allowed} bytes, the file has ${actual}`
  }
  if (code === 'NO_NOTES') {
    if (!percussionNotes) return 'no notes'
    const hint = error.message.includes('includePercussion') ? ', which --percussion keeps' : ''
    return `only percussion: ${percussionNotes} notes${hint}`
  }
  const text = isVgmError(error) ? error.problem : error.message
  return text.replaceAll(/\s*\n\s*/g, ' ')
}

/** The sentence a user reads: one line, with the file where the system names one. */
export function messageOf(error: unknown): string {
  const { path, syscall } = (error instanceof Error ? error : {}) as Partial<NodeJS.ErrnoException>
  return path === undefined || syscall === undefined ? problemOf(error) : `${path}: ${problemOf(error)}`
}
