/** The middle of the sorted values. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Runs each task in turn, `runs` times after one warm-up, and gives the seconds of every run by task. */
export async function interleave(tasks, runs = 5) {
  const seconds = Object.fromEntries(Object.keys(tasks).map(name => [name, []]))
  for (let run = -1; run < runs; run++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now()
      await task()
      if (run >= 0) seconds[name].push((performance.now() - start) / 1000)
    }
  }
  return seconds
}

/** `12,345` or `1.23`. */
export function format(value) {
  return value >= 100
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 })
}
