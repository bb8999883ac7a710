import type { Progress as WorkProgress } from '@vgm/base'
import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a piece of work is, on standard error. */
export interface Progress {
  /** @param share From 0 to 1; not shown where the end is open. */
  update(share: number, note: string): void
  /** Prints a line without disturbing the bar. */
  log(line: string): void
}

const resolution = 1000
const millisecondsBetweenLines = 10_000

/** How {@link withProgress} shows a piece of work. */
export interface ProgressOptions {
  readonly title: string
  /** Whether nobody knows how much there is to do: only the note and the time are shown then. */
  readonly isOpen?: boolean
}

/** How far work is that a library reports, for people: `validating by piece, 3 of 40 fits`. */
export function noteOf({ phase, done, total, unit }: WorkProgress): string {
  return `${phase}, ${done}${total === undefined ? '' : ` of ${total}`} ${unit}`
}

/** Does a piece of work under a bar on a terminal, or with a plain line now and then elsewhere. */
export async function withProgress<T>(
  { title, isOpen = false }: ProgressOptions,
  work: (progress: Progress) => Promise<T>
): Promise<T> {
  const [progress, stop] = process.stderr.isTTY ? createBar(title, isOpen) : createLines(title, isOpen)
  try {
    return await work(progress)
  } finally {
    stop()
  }
}

function createBar(title: string, isOpen: boolean): [Progress, stop: () => void] {
  const rest = isOpen
    ? '{note} | {duration_formatted}'
    : '{bar} {percentage}% | {note} | {eta_formatted} left'
  const bar = new SingleBar(
    {
      format: `${title} ${rest}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      etaBuffer: 50
    },
    Presets.shades_classic
  )
  bar.start(resolution, 0, { note: '…' })
  const progress: Progress = {
    update: (share, note) => bar.update(Math.round(share * resolution), { note }),
    log(line) {
      process.stderr.write(`\r\u001b[K${line}\n`)
      bar.render()
    }
  }
  return [progress, () => bar.stop()]
}

function createLines(title: string, isOpen: boolean): [Progress, stop: () => void] {
  const start = Date.now()
  let shown = start
  let begun: number | undefined
  const progress: Progress = {
    update(share, note) {
      // Work that is resumed does not begin at 0.
      begun ??= share
      const now = Date.now()
      if (now - shown < millisecondsBetweenLines) return
      shown = now
      const elapsed = (now - start) / 1000
      const percentage = isOpen ? '' : `${Math.round(share * 100)}% | `
      const seconds = Math.round((elapsed * (1 - share)) / (share - begun))
      const left = isOpen || share === begun ? '' : ` | ${seconds} s left`
      process.stderr.write(`${title} ${percentage}${note}${left}\n`)
    },
    log: line => process.stderr.write(`${line}\n`)
  }
  return [progress, () => {}]
}
