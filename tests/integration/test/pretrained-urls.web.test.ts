import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as pretrained from '@vgm/pretrained'
import type { Browser } from 'playwright'
import { build, preview } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createApp, downloadFrom, launchBrowser, removeApp, settings } from './web-app.js'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Leaves the digest of every file that the package names, by the name of its record and its own. */
const page = `
import * as pretrained from '@vgm/pretrained'
const hex = buffer => [...new Uint8Array(buffer)].map(byte => byte.toString(16).padStart(2, '0')).join('')
const digests = {}
for (const [record, urls] of Object.entries(pretrained)) {
  if (urls instanceof URL) continue
  for (const [name, url] of Object.entries(urls)) {
    const content = await (await fetch(url)).arrayBuffer()
    digests[record + ' ' + name] = hex(await crypto.subtle.digest('SHA-256', content))
  }
}
const link = document.createElement('a')
link.href = URL.createObjectURL(new Blob([JSON.stringify(digests)]))
link.download = 'digests.json'
document.body.append(link)`

const expected: Record<string, string> = {}
let app: string
let browser: Browser
beforeAll(async () => {
  const { modelUrl: _folder, ...records } = pretrained
  for (const [record, urls] of Object.entries(records)) {
    for (const [name, url] of Object.entries(urls)) {
      expected[`${record} ${name}`] = createHash('sha256')
        .update(await readFile(url))
        .digest('hex')
    }
  }
  const html =
    '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="./page.js"></script>'
  app = await createApp({ 'index.html': html, 'page.js': page })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  if (app) await removeApp(app)
})

test.each([
  ['small files inlined', '/', 4096],
  ['every JSON file inlined', '/', 100_000],
  ['no file inlined', '/', 0],
  ['relative addresses', './', 4096]
])('a bundler leaves the package its files: %s', async (_case, base, assetsInlineLimit) => {
  const config = { ...settings(app), base }
  await build({ ...config, build: { assetsInlineLimit } })
  const server = await preview(config)
  try {
    const { bytes } = await downloadFrom(browser, server.resolvedUrls!.local[0]!)
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(expected)
  } finally {
    await server.close()
  }
})
