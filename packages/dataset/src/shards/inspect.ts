import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { MidiWarning, TempoWarning } from '@vgm/encoding'
import type { ShardReading } from './encode-task.js'
import { inGroups, inOrder } from './in-order.js'
import type { EncodingPool } from './pool.js'

const filesPerTask = 32

/** The files that can be encoded, and those that cannot. */
export interface InspectedFiles {
  /** Those that can be encoded. */
  readonly good: readonly string[]
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
  /** Of the names and contents of the good ones, in order. */
  readonly digest: string
}

/** Options of {@link inspectAll}. */
interface InspectOptions {
  readonly pool: EncodingPool
  readonly reading: ShardReading
  readonly onFiles: (done: number) => void
  readonly onWarnings: (file: string, warnings: readonly (MidiWarning | TempoWarning)[]) => void
}

/** Looks at every file once. */
export async function inspectAll(
  files: readonly string[],
  { pool, reading, onFiles, onWarnings }: InspectOptions
): Promise<InspectedFiles> {
  const good: string[] = []
  const skipped: { file: string; reason: string }[] = []
  const hash = createHash('sha256')
  let done = 0
  const groups = inGroups(files, filesPerTask)
  for await (const inspections of inOrder(groups, pool.width, group =>
    pool.inspectFiles({ files: group, reading })
  )) {
    for (const inspection of inspections) {
      const file = files[done++]!
      if ('reason' in inspection) {
        skipped.push({ file, reason: inspection.reason })
      } else {
        good.push(file)
        if (inspection.warnings.length > 0) onWarnings(file, inspection.warnings)
        hash.update(`${basename(file)}\0${inspection.digest}\n`)
      }
    }
    onFiles(done)
  }
  return { good, skipped, digest: `sha256:${hash.digest('hex')}` }
}
