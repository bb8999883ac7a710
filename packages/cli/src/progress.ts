import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a piece of work is, on standard error. */
export interface Progress {
  /** @param share From 0 to 1. */
  update(share: number, note: string): void
  /** Removes the bar. */
  stop(): void
  /** Prints a line without disturbing the bar. */
  log(line: string): void
}

const resolution = 1000
const millisecondsBetweenLines = 10_000

/** A bar on a terminal, a plain line now and then elsewhere. */
export function createProgress(title: string): Progress {
  return process.stderr.isTTY ? createBar(title) : createLines(title)
}

function createBar(title: string): Progress {
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% | {note} | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      etaBuffer: 50
    },
    Presets.shades_classic
  )
  bar.start(resolution, 0, { note: '…' })
  return {
    update: (share, note) => bar.update(Math.round(share * resolution), { note }),
    stop: () => bar.stop(),
    log(line) {
      process.stderr.write(`\r\u001b[K${line}\n`)
      bar.render()
    }
  }
}

function createLines(title: string): Progress {
  const start = Date.now()
  let shown = start
  return {
    update(share, note) {
      const now = Date.now()
      if (now - shown < millisecondsBetweenLines) return
      shown = now
      const left = share > 0 ? Math.round(((now - start) / share - (now - start)) / 1000) : undefined
      const time = left === undefined ? '' : ` | ${left} s left`
      process.stderr.write(`${title} ${Math.round(share * 100)}% | ${note}${time}\n`)
    },
    stop() {},
    log: line => process.stderr.write(`${line}\n`)
  }
}
