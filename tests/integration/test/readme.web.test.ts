import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openComposer, readSteering } from '@vgm/composer'
import { parseMidi } from '@vgm/encoding'
import { mlstm } from '@vgm/mlstm'
import { loadModel } from '@vgm/nn'
import { folder, nodeEngine } from '@vgm/nn/node'
import { modelUrl, steeringUrls } from '@vgm/pretrained'
import type { Browser } from 'playwright'
import { build, createServer, type InlineConfig, preview } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  createApp,
  type Download,
  downloadFrom,
  launchBrowser,
  readmeFiles,
  removeApp,
  settings
} from './web-app.js'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const html = (script: string) =>
  `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="./${script}"></script>`

/** What the README's worker does, on the page itself. */
const alone = `
import { compose } from './compose'
const link = document.createElement('a')
link.href = URL.createObjectURL(new Blob([(await compose(7)).midi]))
link.download = 'negative.mid'
document.body.append(link)`

let app: string
let browser: Browser
/** What the page of the README leaves. */
let readme: Download

beforeAll(async () => {
  const pages = { 'index.html': html('page.ts'), 'alone.html': html('alone.ts'), 'alone.ts': alone }
  app = await createApp({ ...(await readmeFiles()), ...pages })
  browser = await launchBrowser()
  const input = ['index.html', 'alone.html'].map(name => join(app, name))
  await build({ ...settings(app), build: { rolldownOptions: { input } } })
  readme = await fromBuild('')
})
afterAll(async () => {
  await browser?.close()
  if (app) await removeApp(app)
})

async function fromBuild(page: string, options: InlineConfig['preview'] = {}): Promise<Download> {
  const config = settings(app)
  const server = await preview({ ...config, preview: { ...config.preview, ...options } })
  try {
    return await downloadFrom(browser, new URL(page, server.resolvedUrls!.local[0]).href)
  } finally {
    await server.close()
  }
}

const said = ({ milliseconds, longestTask }: Download) =>
  `${(milliseconds / 1000).toFixed(1)} s to the piece; longest task on the page ${longestTask ? longestTask.toFixed(0) : 'below 50'} ms`

test("the worker of the README's page, built by Vite, composes a piece", async ({ annotate }) => {
  expect(parseMidi(readme.bytes).notes.length).toBeGreaterThan(20)
  await annotate(said(readme))
})

test('it is the piece that is composed in Node', async () => {
  const model = await loadModel(folder(fileURLToPath(modelUrl)), { architectures: [mlstm] })
  const steering = await readSteering(model, await readFile(steeringUrls.negative, 'utf8'))
  const composer = await openComposer({ model, engine: await nodeEngine('wasm') })
  const piece = await composer.compose({ seed: 7, steering, words: 300 })
  expect(readme.bytes).toEqual(piece.midi)
})

test('the page stays responsive while its worker composes', () => {
  expect(readme.longestTask).toBeLessThan(readme.milliseconds / 4)
})

test('the page composes the same piece without a worker', async ({ annotate }) => {
  const composed = await fromBuild('alone.html')
  expect(composed.bytes).toEqual(readme.bytes)
  await annotate(said(composed))
})

test('a page that may use threads composes the same piece', async () => {
  const headers = {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp'
  }
  expect((await fromBuild('', { headers })).bytes).toEqual(readme.bytes)
})

test("Vite's development server, which bundles dependencies first, serves the same page", async () => {
  const server = await createServer(settings(app))
  try {
    await server.listen()
    const { bytes } = await downloadFrom(browser, server.resolvedUrls!.local[0]!)
    expect(bytes).toEqual(readme.bytes)
  } finally {
    await server.close()
  }
})
