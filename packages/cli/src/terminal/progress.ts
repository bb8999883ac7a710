import type { Progress as WorkProgress } from '@vgm/base'
import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a piece of work is, on standard error. */
export interface Progress {
  /** @param share From 0 to 1; not shown where the end is open. */
  update(share: number, note: string): void
  /** Shows what a library reports: how much is done, and of words how many in a second. */
  show(work: WorkProgress): void
  /** Prints a line without disturbing the bar. */
  log(line: string): void
}

const resolution = 1000
const millisecondsBetweenLines = 10_000

/** How far work is that a library reports, for people: `validating by piece, 3 of 40 fits`. */
function noteOf({ phase, done, total, unit }: WorkProgress): string {
  if (unit !== 'bytes') return `${phase}, ${done}${total === undefined ? '' : ` of ${total}`} ${unit}`
  return `${phase}, ${megabytes(done)}${total === undefined ? '' : ` of ${megabytes(total)}`} MB`
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)

/**
 * Does a piece of work under a bar on a terminal, or with a plain line now and then elsewhere.
 *
 * @param isOpen Whether nobody knows how much there is to do: only the note and the time are shown then.
 */
export async function withProgress<T>(
  title: string,
  work: (progress: Progress) => Promise<T>,
  isOpen = false
): Promise<T> {
  const [lines, stop] = process.stderr.isTTY ? createBar(title, isOpen) : createLines(title, isOpen)
  // Work that is resumed does not begin at 0.
  let begun: { readonly unit: string; readonly done: number; readonly time: number } | undefined
  const show = (work: WorkProgress) => {
    const { done, total = done, unit } = work
    if (begun?.unit !== unit) begun = { unit, done, time: performance.now() }
    const rate = Math.round((done - begun.done) / ((performance.now() - begun.time) / 1000))
    const speed = unit === 'words' && done > begun.done ? ` | ${rate} words/s` : ''
    lines.update(total === 0 ? 0 : done / total, `${noteOf(work)}${speed}`)
  }
  try {
    return await work({ ...lines, show })
  } finally {
    stop()
  }
}

/** What draws. */
type Lines = Omit<Progress, 'show'>

function createBar(title: string, isOpen: boolean): [Lines, stop: () => void] {
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
  const progress: Lines = {
    update: (share, note) => bar.update(Math.round(share * resolution), { note }),
    log(line) {
      process.stderr.write(`\r\u001b[K${line}\n`)
      bar.render()
    }
  }
  return [progress, () => bar.stop()]
}

function createLines(title: string, isOpen: boolean): [Lines, stop: () => void] {
  let shown = Date.now()
  let last = 0
  let begun: { readonly share: number; readonly time: number } | undefined
  const progress: Lines = {
    update(share, note) {
      const now = Date.now()
      // Work that is resumed does not begin at 0; where the share falls, the next part of the work begins.
      if (begun === undefined || share < last) begun = { share, time: now }
      last = share
      if (now - shown < millisecondsBetweenLines) return
      shown = now
      const elapsed = (now - begun.time) / 1000
      const percentage = isOpen ? '' : `${Math.round(share * 100)}% | `
      const seconds = Math.round((elapsed * (1 - share)) / (share - begun.share))
      const left = isOpen || share === begun.share ? '' : ` | ${seconds} s left`
      process.stderr.write(`${title} ${percentage}${note}${left}\n`)
    },
    log: line => process.stderr.write(`${line}\n`)
  }
  return [progress, () => {}]
}
