/** `node scripts/sum-reports.mjs <file…>` prints what all reports count together. A missing report counts as a failure. */
import { existsSync } from 'node:fs'
import { readJson } from './workspace.mjs'

let passed = 0
let failed = 0
let skipped = 0
for (const file of process.argv.slice(2)) {
  const report = existsSync(file) ? readJson(file) : { numFailedTests: 1, success: false }
  passed += report.numPassedTests ?? 0
  // A suite that could not even be loaded has no failed test in it.
  failed += report.numFailedTests || (report.success ? 0 : 1)
  skipped += (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0)
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 ? 1 : 0
