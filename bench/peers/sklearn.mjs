import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const script = join(import.meta.dirname, 'sklearn_probe.py')

/** The first of VGM_PYTHON and `python3` that imports scikit-learn, or undefined. */
async function findSklearn() {
  for (const python of [process.env.VGM_PYTHON, 'python3'].filter(Boolean)) {
    const imported = execute(python, ['-c', 'import sklearn']).then(
      () => true,
      () => false
    )
    if (await imported) return python
  }
  return undefined
}

/**
 * Starts scikit-learn on one data set, in a process that stays, so that its fits can take turns with ours.
 *
 * @param features `{ data: Float64Array, rows, columns }`.
 * @param labels Int8Array of 1 and -1.
 * @returns `{ version, fit(options), stop() }`, or undefined where no Python imports scikit-learn.
 */
export async function startSklearn({ data, rows, columns }, labels) {
  const python = await findSklearn()
  if (python === undefined) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'vgm-bench-'))
  const files = [join(folder, 'features'), join(folder, 'labels')]
  await writeFile(files[0], data)
  await writeFile(files[1], labels)
  const child = spawn(python, [script, ...files, String(rows), String(columns)], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const answer = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('sklearn_probe.py ended early')
    return JSON.parse(value)
  }
  const { version } = await answer()
  return {
    version,
    fit(options) {
      child.stdin.write(`${JSON.stringify(options)}\n`)
      return answer()
    },
    async stop() {
      child.stdin.end()
      await rm(folder, { recursive: true })
    }
  }
}
