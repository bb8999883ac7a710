import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { vgmidi, vgmidi4q, vgmidiAnnotated, vgmidiUnlabelled } from '../src/node.js'
import { all } from './temporary-folder.js'
import { dataFolder, missingData } from './vgm-data.js'

function tally(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

describe('VGMIDI 0.1', { timeout: 30_000 }, () => {
  const folder = dataFolder('vgmidi-0.1')

  test('has 966 labelled phrases of 95 pieces, none of which is in both splits', async ({ skip }) => {
    const missing = missingData('vgmidi-0.1')
    if (missing) skip(missing)
    const phrases = await all(vgmidi(folder))
    expect(tally(phrases.map(({ split, sentiment }) => `${split} ${sentiment}`))).toEqual({
      'train 1': 555,
      'train -1': 314,
      'test 1': 44,
      'test -1': 53
    })
    expect(
      tally(
        [...new Set(phrases.map(({ split, piece }) => `${split} ${piece}`))].map(key => key.split(' ')[0]!)
      )
    ).toEqual({
      train: 87,
      test: 8
    })
    expect(new Set(phrases.map(({ piece }) => piece)).size).toBe(95)
  })

  test('has 721 and 99 unlabelled pieces', async ({ skip }) => {
    const missing = missingData('vgmidi-0.1')
    if (missing) skip(missing)
    expect(tally((await all(vgmidiUnlabelled(folder))).map(({ split }) => split))).toEqual({
      train: 721,
      test: 99
    })
  })
})

test('VGMIDI 0.2 has 204 labelled phrases of 200 pieces', async ({ skip }) => {
  const missing = missingData('vgmidi-annotations')
  if (missing) skip(missing)
  const phrases = await all(vgmidiAnnotated(dataFolder('vgmidi-annotations')))
  expect(tally(phrases.map(({ quadrant }) => quadrant))).toEqual({ Q1: 76, Q2: 39, Q3: 27, Q4: 62 })
  expect(new Set(phrases.map(({ path }) => path)).size).toBe(200)
})

test('VGMIDI-4Q has the rows that its papers count, and one piece that contradicts itself', async ({
  skip
}) => {
  const missing = missingData('vgmidi-4q')
  if (missing) skip(missing)
  const phrases = await all(vgmidi4q(dataFolder('vgmidi-4q')))
  expect(tally(phrases.map(({ split }) => split))).toEqual({ train: 5756, test: 1436 })
  const twice = Object.entries(tally(phrases.map(({ path }) => path))).filter(([, count]) => count > 1)
  expect(twice).toHaveLength(5)
  expect(twice.every(([path]) => basename(path).startsWith('Goldeneye_Statue'))).toBe(true)
  const whole = await all(vgmidi4q(dataFolder('vgmidi-4q'), { slices: 1 }))
  expect(new Set(whole.map(({ path }) => path)).size).toBe(200)
}, 60_000)
