import { writeFileSync } from 'node:fs'

/** Prints one line per step and counts. */
export class Report {
  #name
  #passed = 0
  #failed = 0

  /** @param {string} name */
  constructor(name) {
    this.#name = name
  }

  /**
   * @param {string} name
   * @param {() => Promise<number>} step returns an exit code.
   */
  async step(name, step) {
    const start = performance.now()
    let code = 1
    try {
      code = await step()
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
    if (code === 0) this.#passed++
    else this.#failed++
  }

  /**
   * Prints the last line, and writes the counts to the file of `--report=<file>`, in the words of vitest's JSON reporter.
   *
   * @param {readonly string[]} args
   * @returns the exit code.
   */
  finish(args) {
    console.log(`${this.#name}: ${this.#passed} passed, ${this.#failed} failed`)
    const counts = { numPassedTests: this.#passed, numFailedTests: this.#failed, success: this.#failed === 0 }
    const file = args.find(arg => arg.startsWith('--report='))?.slice('--report='.length)
    if (file) writeFileSync(file, JSON.stringify(counts))
    return counts.success ? 0 : 1
  }
}
