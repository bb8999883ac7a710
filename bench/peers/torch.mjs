import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Has glibc keep what a training step frees for the next one, in huge pages. Other C libraries ignore it. */
const allocator = {
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
  MALLOC_MMAP_MAX_: '0',
  MALLOC_TRIM_THRESHOLD_: String(2 ** 34),
  MALLOC_TOP_PAD_: String(2 ** 28)
}

let found

/** The first of VGM_PYTHON and `python3` that imports torch, or undefined. */
export function findTorch() {
  found ??= search([process.env.VGM_PYTHON, 'python3'].filter(Boolean))
  return found
}

async function search(candidates) {
  for (const python of candidates) {
    const imported = execute(python, ['-c', 'import torch']).then(
      () => true,
      () => false
    )
    if (await imported) return python
  }
  return undefined
}

/**
 * Runs a script of this folder with PyTorch, without blocking this process.
 *
 * @param args Its command line, such as `['train', '--units', 512, '--threads', 'best']`.
 * @param options.stdin A value that it reads as JSON: the lengths of the sequences for `states`.
 * @param options.script Its name; by default that of the mLSTM.
 * @returns The object that it prints.
 * @throws if no Python imports torch, or with what the script wrote on stderr.
 */
export async function runTorch(args, { stdin, script = 'torch_mlstm.py' } = {}) {
  const python = await findTorch()
  if (python === undefined) throw new Error('runTorch: no Python with torch found; name one in VGM_PYTHON')
  const running = execute(python, [join(import.meta.dirname, script), ...args.map(String)], {
    env: { ...process.env, ...allocator }
  })
  running.child.stdin.on('error', () => {}) // a script that fails early has not read it
  running.child.stdin.end(stdin === undefined ? '' : JSON.stringify(stdin))
  const { stdout } = await running
  return JSON.parse(stdout)
}
