import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const script = join(import.meta.dirname, 'music21_keys.py')

/**
 * Times music21 on MIDI files.
 *
 * @param task `{ files, runs }`, as music21_keys.py reads it.
 * @returns `{ analyze, parseAndAnalyze, keys }`, or undefined if neither VGM_PYTHON nor `python3` imports music21.
 * @throws with what the script wrote on stderr.
 */
export async function runMusic21(task) {
  for (const python of [process.env.VGM_PYTHON, 'python3'].filter(Boolean)) {
    const imported = await execute(python, ['-c', 'import music21']).then(
      () => true,
      () => false
    )
    if (!imported) continue
    const running = execute(python, [script])
    running.child.stdin.end(JSON.stringify(task))
    const { stdout } = await running
    return JSON.parse(stdout)
  }
  return undefined
}
