import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import type { InlineConfig } from 'vite'
import { browserArguments, findBrowser } from '../../../scripts/browser.mjs'

const root = join(import.meta.dirname, '../../..')

/** The code blocks of the README that begin with a file's name, as `// page.ts`. */
export async function readmeFiles(): Promise<Record<string, string>> {
  const text = await readFile(join(root, 'README.md'), 'utf8')
  const blocks = text.matchAll(/^```ts\n\/\/ (\S+\.ts)\n(.*?)^```$/gms)
  return Object.fromEntries([...blocks].map(([, name, code]) => [name!, code!]))
}

/**
 * A folder like a user's project: the given files, and the built packages in `node_modules` as npm would leave them there
 * (copies, since bundlers treat linked folders as sources).
 */
export async function createApp(
  files: Readonly<Record<string, string>>,
  packages = ['composer', 'mlstm', 'pretrained']
): Promise<string> {
  const app = await mkdtemp(join(tmpdir(), 'vgm-web-'))
  await writeFile(join(app, 'package.json'), JSON.stringify({ name: 'app', private: true, type: 'module' }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(app, name), content)
  for (const name of packages) await install(join(root, 'packages', name), app)
  for (const name of ['tfjs-core', 'tfjs-backend-wasm']) {
    await link(join(root, 'tests/integration/node_modules/@tensorflow', name), app, `@tensorflow/${name}`)
  }
  return app
}

/** Copies a package and the packages of ours that it imports, and links the others. */
async function install(folder: string, app: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const target = join(app, 'node_modules', manifest.name)
  if (existsSync(target)) return
  for (const name of ['package.json', ...manifest.files]) {
    await cp(join(folder, name), join(target, name), { recursive: true })
  }
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    const own = /^@vgm\/(.*)$/.exec(name)
    if (own) await install(join(root, 'packages', own[1]!), app)
    else await link(join(folder, 'node_modules', name), app, name)
  }
}

async function link(folder: string, app: string, name: string): Promise<void> {
  const path = join(app, 'node_modules', name)
  if (existsSync(path)) return
  await mkdir(dirname(path), { recursive: true })
  await symlink(folder, path)
}

export function removeApp(app: string): Promise<void> {
  return rm(app, { recursive: true, force: true })
}

/** Vite's defaults, without its report. The development server may read the linked packages. */
export function settings(app: string): InlineConfig {
  return {
    root: app,
    configFile: false,
    logLevel: 'error',
    server: { port: 0, host: 'localhost', fs: { allow: [app, root] } },
    preview: { port: 0, host: 'localhost' }
  }
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  return chromium.launch({ ...(executablePath && { executablePath }), args: browserArguments })
}

/** What a page left, how long it took from the page's start, and the longest time its own thread was busy with one task. */
export interface Download {
  readonly bytes: Uint8Array
  readonly milliseconds: number
  readonly longestTask: number
}

/**
 * Waits for the file that a page leaves as a link to download it.
 *
 * @throws what the page or its workers throw.
 */
export async function downloadFrom(browser: Browser, address: string): Promise<Download> {
  const page = await browser.newPage()
  try {
    const failed = new Promise<never>((_, reject) => page.on('pageerror', reject))
    const link = page.locator('a[download]')
    const done = page.goto(address).then(() => link.waitFor({ state: 'attached', timeout: 60_000 }))
    await Promise.race([failed, done])
    const { content, ...times } = await page.evaluate(async () => {
      const milliseconds = performance.now()
      const longestTask = await new Promise<number>(resolve => {
        const observer = new PerformanceObserver(list =>
          resolve(Math.max(...list.getEntries().map(task => task.duration)))
        )
        observer.observe({ type: 'longtask', buffered: true })
        // Browsers report no task below 50 ms.
        setTimeout(() => resolve(0), 100)
      })
      const { href } = document.querySelector<HTMLAnchorElement>('a[download]')!
      const content = [...new Uint8Array(await (await fetch(href)).arrayBuffer())]
      return { content, milliseconds, longestTask }
    })
    return { bytes: Uint8Array.from(content), ...times }
  } finally {
    await page.close()
  }
}
