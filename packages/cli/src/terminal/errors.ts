import type { VgmError } from '@vgm/base'
import type { LimitError } from '@vgm/encoding'

/** Something to tell the user in one line. */
export abstract class ToldError extends Error {
  /** The exit code of the process. */
  abstract readonly exitCode: number
}

/** A mistake in how `vgm` was called. */
export class UsageError extends ToldError {
  override readonly name = 'UsageError'
  override readonly exitCode = 2
}

/** Something that went wrong while doing what was asked. */
export class CommandError extends ToldError {
  override readonly name = 'CommandError'
  override readonly exitCode = 1
}

/** The user stopped the command; the exit code is the one that shells have for it. */
export class InterruptedError extends ToldError {
  override readonly name = 'InterruptedError'
  override readonly exitCode = 130
}

/** A fault of the code, not of what the user gave. `cause` is the fault. */
export class InternalError extends ToldError {
  override readonly name = 'InternalError'
  override readonly exitCode = 1

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
  if (error instanceof ToldError) return !(error instanceof InternalError)
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
  if (error instanceof ToldError) return error.exitCode
  return error instanceof Error && error.name === 'InvalidOptionError' ? 2 : 1
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
  return oneLine(isVgmError(error) ? error.problem : error.message)
}

/** A text in one line. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ')
}

/** The sentence a user reads: one line, with the file where the system names one. */
export function messageOf(error: unknown): string {
  const { path, syscall } = (error instanceof Error ? error : {}) as Partial<NodeJS.ErrnoException>
  return path === undefined || syscall === undefined ? problemOf(error) : `${path}: ${problemOf(error)}`
}
