import { EncodingError } from '@vgm/encoding'

/**
 * The problem with a MIDI file, in the words of the file system or of `@vgm/encoding`.
 *
 * @throws `error` itself if it is of another kind: then the fault is in the code, not in the file.
 */
export function fileProblem(error: unknown): string {
  if (error instanceof EncodingError) return error.problem
  if (!isSystemError(error)) throw error
  return error.code === 'ENOENT' ? 'no such file' : error.message
}

/** Whether an error is the file system's. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false
  const { code, syscall } = error as NodeJS.ErrnoException
  return code !== undefined && (syscall !== undefined || code.startsWith('ERR_FS_'))
}
