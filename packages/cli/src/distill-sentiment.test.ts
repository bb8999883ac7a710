import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { midiFile } from '../test/music.js'
import { probeOf } from '../test/probes.js'
import { drawPhrases, labelByTeacher } from './distill-sentiment.js'
import type { Judge } from './judge.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vgm-distill-'))
  // Eighths: 96, 97, … notes are 12 or 13 bars, three phrases of four.
  for (let index = 0; index < 4; index++) {
    await writeFile(join(folder, `${index}.mid`), midiFile(index, 192 + index))
  }
  await writeFile(join(folder, 'short.mid'), midiFile(9, 20))
  await writeFile(join(folder, 'text.mid'), 'no music')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const { signal } = new AbortController()
const drawn = async (perPiece: number, seed = 0) => {
  const lines: string[] = []
  const shares: number[] = []
  const phrases = await drawPhrases(
    [folder],
    { perPiece, seed, signal },
    {
      update: share => shares.push(share),
      log: line => lines.push(line)
    }
  )
  return { phrases, lines, shares }
}

test('draws phrases of four bars, no more of a piece than asked for, and says what it skips', async () => {
  const { phrases, lines, shares } = await drawn(2)
  expect(phrases.map(({ piece }) => piece)).toEqual(
    [0, 0, 1, 1, 2, 2, 3, 3].map(k => join(folder, `${k}.mid`))
  )
  for (const { score, path } of phrases) {
    expect(path).toMatch(/\.mid, bar (1|5|9)$/)
    const ends = score.notes.map(note => note.startTick + note.durationTicks)
    expect(Math.max(...ends)).toBeLessThanOrEqual(16 * score.ticksPerQuarter)
    expect(score.notes.length).toBeGreaterThan(50)
  }
  expect(lines).toEqual([expect.stringMatching(/^skipped .*text\.mid: /)])
  expect(shares.at(-1)).toBe(1)
})

test('the seed decides which phrases are drawn; of all there are, all are taken in their order', async () => {
  const paths = async (perPiece: number, seed: number) =>
    (await drawn(perPiece, seed)).phrases.map(({ path }) => path)
  const one = await paths(1, 1)
  expect(await paths(1, 1)).toEqual(one)
  const others = await Promise.all([2, 3, 4].map(seed => paths(1, seed)))
  expect(others.some(other => other.join() !== one.join())).toBe(true)
  expect((await paths(10, 5)).slice(0, 3)).toEqual(
    [1, 5, 9].map(bar => `${join(folder, '0.mid')}, bar ${bar}`)
  )
})

test('refuses folders whose pieces are all too short', async () => {
  const short = await mkdtemp(join(tmpdir(), 'vgm-distill-'))
  try {
    await writeFile(join(short, 'short.mid'), midiFile(0, 20))
    const progress = { update: () => {}, log: () => {} }
    const drawing = drawPhrases([short], { perPiece: 1, seed: 0, signal }, progress)
    await expect(drawing).rejects.toThrow(`${short}: no piece holds 4 bars with notes enough`)
  } finally {
    await rm(short, { recursive: true })
  }
})

/** A judge with made-up answers. */
const judgeOf = (answers: readonly number[]): Judge => ({
  name: 'made up',
  kind: 'descriptors',
  file: { probe: probeOf([1]) },
  probabilities: async () => Float64Array.from(answers)
})

const phraseNamed = (path: string) => ({
  path,
  piece: path,
  score: { ticksPerQuarter: 480, notes: [], tempos: [], timeSignatures: [], keySignatures: [] }
})
const seven = [...'abcdefg'].map(phraseNamed)

test('labels the surest thirds, as many of one kind as of the other', async () => {
  const labelled = await labelByTeacher(seven, judgeOf([0.5, 0.9, 0.1, 0.6, 0.8, 0.2, 0.55]), () => {})
  expect(labelled.map(({ path, sentiment }) => [path, sentiment])).toEqual([
    ['c', -1],
    ['f', -1],
    ['e', 1],
    ['b', 1]
  ])
})

test.each([
  ['alike', [1, 1, 1, 1, 1, 1, 1]],
  ['alike but for one', [0, 1, 1, 1, 1, 1, 1]]
])('a teacher that finds phrases %s is no teacher', async (_, answers) => {
  await expect(labelByTeacher(seven, judgeOf(answers), () => {})).rejects.toThrow(
    'made up: finds all 7 phrases alike, and so teaches nothing'
  )
})
