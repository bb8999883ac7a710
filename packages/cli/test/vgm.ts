import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { onTestFinished, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 })

// Built from the sources as they are now: see scripts/build-before-tests.mjs.
const main = join(import.meta.dirname, '../dist/main.js')

/** How the command line tool ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly bytes: Buffer
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly input?: string | Uint8Array
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Called as soon as the process runs. */
  readonly meanwhile?: (child: ChildProcessWithoutNullStreams) => void
}

/** Runs the built command line tool. */
export async function vgm(
  args: readonly string[],
  { cwd, input, env, meanwhile }: RunOptions = {}
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, ...env } })
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input ?? '')
  meanwhile?.(child)
  const [bytes, stderr] = await Promise.all([
    buffer(child.stdout).catch(() => Buffer.alloc(0)),
    text(child.stderr)
  ])
  return { code: await code, bytes, stdout: bytes.toString(), stderr }
}

/** Runs the tool, which must succeed. */
export async function done(args: readonly string[], options?: RunOptions): Promise<Ended> {
  const ended = await vgm(args, options)
  if (ended.code !== 0) throw new Error(`vgm ${args.join(' ')}: exit code ${ended.code}: ${ended.stderr}`)
  return ended
}

/** An empty folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vgm-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Every file of a folder with a digest of its content. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.map(async entry => {
    const path = join(entry.parentPath, entry.name)
    const content = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : 'folder'
    return [path, content] as const
  })
  return Object.fromEntries(await Promise.all(files))
}
