import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { midiFile } from './music.js'
import { contentOf, done, temporaryFolder, vgm } from './vgm.js'

const [happy, sad] = [
  [0.5, 0.5, -0.5],
  [-0.5, -0.5, -0.5]
]
let cwd: string

/** Two pieces of three bars, each heard by six listeners. */
beforeEach(async () => {
  cwd = await temporaryFolder()
  const annotations: Record<string, unknown> = {}
  const pieces: Record<string, unknown> = {}
  await mkdir(join(cwd, 'midi'))
  for (const index of [0, 1]) {
    const name = `Tune ${index}`
    pieces[`piece${index}`] = { name, midi: `${name}.mid`, duration: 6, measures: 3 }
    await writeFile(join(cwd, 'midi', `${name}.mid`), midiFile(index, 48))
    const listeners = [happy, happy, happy, sad, [1, -1, 1], [-1, 1, -1]]
    listeners.forEach((valence, listener) => {
      annotations[`piece${index}_${listener}`] = { valence, arousal: sad }
    })
  }
  await writeFile(join(cwd, 'raw.json'), JSON.stringify({ annotations, pieces }))
})

function summarize(...args: readonly string[]): string[] {
  return ['dataset', 'summarize', 'raw.json', 'midi', '--out', 'out', ...args]
}

test('phrases, labels and plots are written, and a table is printed', async () => {
  const { stdout, stderr } = await done(summarize(), { cwd })
  expect(stdout).toMatch(
    /^piece +listeners +bars +phrases +positive +negative +silent +repeated +alpha +correlation\n/
  )
  expect(stdout).toMatch(/\nTune 1 +6 +3 +2 +1 +1 +0 +0 /)
  expect(stdout).toMatch(/\n\n4 phrases of 2 pieces: 2 positive, 2 negative\nwrote out\n$/)
  expect(stderr).toBe('')
  expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['phrases', 'phrases.csv', 'plots'])
  expect(await readdir(join(cwd, 'out/phrases'))).toHaveLength(4)
  expect((await readFile(join(cwd, 'out/phrases.csv'), 'utf8')).split('\n')[2]).toBe(
    '-1,Tune 0,phrases/Tune 0_1.mid,1,2,3'
  )
})

test('the same command writes the same again, and --json prints numbers', async () => {
  const { stdout } = await done(summarize('--rule', 'vgmidi-0.1', '--json'), { cwd })
  expect(JSON.parse(stdout)).toMatchObject([
    { piece: 'Tune 0', listeners: 6, bars: 3, phrases: 2, positive: 1, negative: 1 },
    { piece: 'Tune 1', correlation: expect.any(Number), alpha: expect.any(Number) }
  ])
  const again = ['dataset', 'summarize', 'raw.json', 'midi', '--rule', 'vgmidi-0.1', '--out', 'again']
  await done(again, { cwd })
  expect(Object.values(await contentOf(join(cwd, 'again')))).toEqual(
    Object.values(await contentOf(join(cwd, 'out')))
  )
})

test('--rule sign labels arousal, too', async () => {
  await done(summarize('--rule', 'sign', '--max-variance', '0.3'), { cwd })
  expect((await readFile(join(cwd, 'out/phrases.csv'), 'utf8')).split('\n').slice(0, 2)).toEqual([
    'label,id,filepath,phrase,fromBar,toBar,arousal',
    '1,Tune 0,phrases/Tune 0_0.mid,0,0,2,-1'
  ])
})

test.each([
  [
    'an option of another rule',
    ['--threshold', '0.2'],
    2,
    'vgm: --threshold does nothing with --rule clusters\n'
  ],
  [
    'an option of another rule',
    ['--rule', 'sign', '--max-bars', '2'],
    2,
    'vgm: --max-bars does nothing with --rule sign\n'
  ],
  [
    'too long a window',
    ['--window', '9'],
    2,
    /^vgm: .*window expected at most 3, the bars of the piece, got 9\n$/
  ],
  ['an unknown rule', ['--rule', 'mean'], 2, /Allowed choices are sign, clusters, vgmidi-0\.1/]
])('%s is refused, and nothing is written', async (_, args, code, message) => {
  const before = await readdir(cwd)
  const ended = await vgm(summarize(...args), { cwd })
  expect(ended.stderr).toMatch(message)
  expect(ended.code).toBe(code)
  expect(await readdir(cwd)).toEqual(before)
})

test('an annotation with a text in it is named', async () => {
  const raw = (await readFile(join(cwd, 'raw.json'), 'utf8')).replace('[0.5,0.5,-0.5]', '[0.5,"0.5",-0.5]')
  await writeFile(join(cwd, 'raw.json'), raw)
  expect(await vgm(summarize(), { cwd })).toMatchObject({
    code: 1,
    stderr: 'vgm: raw.json: annotation "piece0_0": valence[1] expected a number from -1 to 1, got "0.5"\n'
  })
  expect((await readdir(cwd)).sort()).toEqual(['midi', 'raw.json'])
})

test('a folder that holds something is left alone', async () => {
  await done(summarize(), { cwd })
  const before = await contentOf(cwd)
  const ended = await vgm(summarize(), { cwd })
  expect(ended.code).toBe(1)
  expect(ended.stderr).toMatch(/^vgm: out: exists already, expected a new or an empty folder\n$/)
  expect(await contentOf(cwd)).toEqual(before)
})
