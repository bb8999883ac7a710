import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openEmotionReader } from '@vgm/emotion'
import { writeMidi } from '@vgm/encoding'
import { probeUrls } from '@vgm/pretrained'
import type { Browser } from 'playwright'
import { build, preview } from 'vite'
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

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const html = (script: string) =>
  `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="./${script}"></script>`

const leave = `
function leave(emotion) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(emotion)]))
  link.download = 'emotion.json'
  document.body.append(link)
}`
const ask = `await readEmotion(await (await fetch('/piece.mid')).blob())`
const files = {
  'index.html': html('page.ts'),
  'page.ts': `import { readEmotion } from './emotion'\n${leave}\nleave(${ask})`,
  'background.html': html('background.ts'),
  'background.ts': `${leave}
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }) => leave(data)`,
  'worker.ts': `import { readEmotion } from './emotion'\npostMessage(${ask})`
}

/** 200 bars of four voices in sixteenths: as long and as dense as music for games gets. */
const notes = Array.from({ length: 200 * 16 }, (_, step) =>
  [0, 1, 2, 3].map(voice => ({
    pitch: 36 + 12 * voice + ((step * (voice + 3) + (step >> 5)) % 12),
    velocity: 50 + ((step * 7) % 40),
    startTick: step * 120,
    durationTicks: 120 * (1 + (voice % 2)),
    channel: voice,
    program: 0
  }))
).flat()
const tempos = [{ tick: 0, tempoBpm: 110 }]
const bytes = writeMidi({ ticksPerQuarter: 480, notes, tempos, timeSignatures: [], keySignatures: [] })

let app: string
let browser: Browser
beforeAll(async () => {
  const { 'emotion.ts': emotion } = await readmeFiles()
  app = await createApp({ ...files, 'emotion.ts': emotion! }, ['emotion', 'pretrained'])
  await mkdir(join(app, 'public'))
  await writeFile(join(app, 'public/piece.mid'), bytes)
  browser = await launchBrowser()
  const input = ['index.html', 'background.html'].map(name => join(app, name))
  await build({ ...settings(app), worker: { format: 'es' }, build: { rolldownOptions: { input } } })
})
afterAll(async () => {
  await browser?.close()
  if (app) await removeApp(app)
})

async function open(page: string): Promise<Download> {
  const server = await preview(settings(app))
  try {
    return await downloadFrom(browser, new URL(page, server.resolvedUrls!.local[0]).href)
  } finally {
    await server.close()
  }
}

/** To 9 digits: browsers have mathematical functions of their own. */
const rounded = (json: string) =>
  JSON.parse(json, (_, value) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value))

const read = async (page: string) => {
  const { bytes: json, ...times } = await open(page)
  const reader = await openEmotionReader({ probe: await readFile(probeUrls.music, 'utf8') })
  const expected = await reader.read(bytes)
  expect(expected.curve).toHaveLength(197)
  expect(rounded(new TextDecoder().decode(json))).toEqual(rounded(JSON.stringify(expected)))
  return times
}

test("the README's lines read a piece in a page as in Node, and leave it responsive", async ({
  annotate
}) => {
  const { milliseconds, longestTask } = await read('')
  // Without breaks, describing 197 phrases would be one task, most of the time. Parsing 12,800 notes is the longest now.
  expect(longestTask).toBeLessThan(milliseconds / 4)
  const longest = longestTask ? longestTask.toFixed(0) : 'below 50'
  await annotate(`${(milliseconds / 1000).toFixed(1)} s to the curve; longest task on the page ${longest} ms`)
})

test('a worker reads the same', async () => {
  expect((await read('background.html')).longestTask).toBeLessThan(100)
})
